import { asyncLocalStorage, CompleteAsyncError, type Context } from '@reprise/activity';
import {
  ApplicationFailure,
  ApplicationFailureCategory,
  CancelledFailure,
  composeInterceptors,
  type Headers,
  type Logger,
  LoggerWithComposedMetadata,
  type MetricMeter,
  MetricMeterWithComposedTags,
  SdkComponent,
} from '@reprise/common';
import {
  activityLogAttributes,
  type ActivityInterceptorsFactory,
  type ActivityOutboundCallsInterceptor,
} from './interceptors.ts';

export interface ActivityCall {
  /** Made for the attempt; its logger and meter are set here. */
  readonly context: Context;
  readonly fn: (...args: never[]) => unknown;
  readonly args: unknown[];
  readonly headers: Headers;
  /** The first is the outermost. */
  readonly interceptors: readonly ActivityInterceptorsFactory[];
  readonly logger: Logger;
  readonly metricMeter: MetricMeter;
}

/** Calls an activity function in its context, through the interceptors, and logs that it starts and how it ends. */
export async function callActivity(call: ActivityCall): Promise<unknown> {
  const { context } = call;
  return await asyncLocalStorage.run(context, async () => {
    const outbound: ActivityOutboundCallsInterceptor[] = [];
    const ofWorker = LoggerWithComposedMetadata.compose(call.logger, { sdkComponent: SdkComponent.worker }, () =>
      composeInterceptors(outbound, 'getLogAttributes', (more) => more)(activityLogAttributes(context.info)),
    );
    context.log = LoggerWithComposedMetadata.compose(ofWorker, { sdkComponent: SdkComponent.activity });
    context.metricMeter = MetricMeterWithComposedTags.compose(call.metricMeter, () =>
      composeInterceptors(outbound, 'getMetricTags', (more) => more)(activityMetricTags(context)),
    );
    const interceptors = call.interceptors.map((factory) => factory(context));
    outbound.push(...interceptors.flatMap((one) => (one.outbound === undefined ? [] : [one.outbound])));
    const inbound = interceptors.flatMap((one) => (one.inbound === undefined ? [] : [one.inbound]));
    const execute = composeInterceptors(inbound, 'execute', (input) =>
      Promise.resolve(call.fn(...(input.args as never[]))),
    );
    return await logged(context, ofWorker, () => execute({ args: call.args, headers: call.headers }));
  });
}

async function logged(context: Context, logger: Logger, run: () => Promise<unknown>): Promise<unknown> {
  const startedMs = performance.now();
  const took = () => ({ durationMs: Math.floor(performance.now() - startedMs) });
  logger.debug('Activity started');
  try {
    const result = await run();
    logger.debug('Activity completed', took());
    return result;
  } catch (error) {
    const end = endOf(context, error);
    if (end !== undefined) logger.debug(end, took());
    else logger.log(isBenign(error) ? 'DEBUG' : 'WARN', 'Activity failed', { ...took(), error });
    throw error;
  }
}

/** What to say of an attempt that threw without having failed. */
function endOf({ cancellationDetails, cancellationSignal }: Context, error: unknown): string | undefined {
  if (error instanceof CompleteAsyncError) return 'Activity will complete asynchronously';
  const isAbort = error instanceof Error && error.name === 'AbortError';
  if (!cancellationSignal.aborted || !(isAbort || error instanceof CancelledFailure)) return undefined;
  if (cancellationDetails?.cancelRequested === true) return 'Activity completed as cancelled';
  if (cancellationDetails?.reset === true) return 'Activity reset';
  if (cancellationDetails?.paused === true) return 'Activity paused';
  return 'Activity completed as cancelled';
}

function isBenign(error: unknown): boolean {
  return error instanceof ApplicationFailure && error.category === ApplicationFailureCategory.BENIGN;
}

function activityMetricTags({ info }: Context): { namespace: string; taskQueue: string; activityType: string } {
  return { namespace: info.namespace, taskQueue: info.taskQueue, activityType: info.activityType };
}
