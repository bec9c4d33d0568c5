import { asyncLocalStorage, type Context } from '@reprise/activity';
import {
  composeInterceptors,
  type Headers,
  type Logger,
  LoggerWithComposedMetadata,
  MetricMeterWithComposedTags,
  SdkComponent,
} from '@reprise/common';
import { activityLogAttributes, type ActivityInterceptorsFactory } from './interceptors.ts';

export interface ActivityCall {
  /** Made for the attempt; its logger is set here. */
  readonly context: Context;
  readonly fn: (...args: never[]) => unknown;
  readonly args: unknown[];
  readonly headers: Headers;
  /** The first is the outermost. */
  readonly interceptors: readonly ActivityInterceptorsFactory[];
  readonly logger: Logger;
}

/** Calls an activity function in its context, through the interceptors. */
export async function callActivity(call: ActivityCall): Promise<unknown> {
  const { context } = call;
  return await asyncLocalStorage.run(context, async () => {
    const interceptors = call.interceptors.map((factory) => factory(context));
    const outbound = interceptors.flatMap((one) => (one.outbound === undefined ? [] : [one.outbound]));
    const attributes = () =>
      composeInterceptors(outbound, 'getLogAttributes', (more) => more)(activityLogAttributes(context.info));
    context.log = LoggerWithComposedMetadata.compose(call.logger, { sdkComponent: SdkComponent.activity }, attributes);
    const { namespace, taskQueue, activityType } = context.info;
    const tags = () =>
      composeInterceptors(outbound, 'getMetricTags', (more) => more)({ namespace, taskQueue, activityType });
    context.metricMeter = MetricMeterWithComposedTags.compose(context.metricMeter, tags);
    context.log.debug('Activity started');
    const inbound = interceptors.flatMap((one) => (one.inbound === undefined ? [] : [one.inbound]));
    const execute = composeInterceptors(inbound, 'execute', (input) =>
      Promise.resolve(call.fn(...(input.args as never[]))),
    );
    return await execute({ args: call.args, headers: call.headers });
  });
}
