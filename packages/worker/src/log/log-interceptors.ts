/** What older code registers to have its workflows and activities logged. Workers log these by themselves. */
import type { Context } from '@reprise/activity';
import { LoggerWithComposedMetadata, SdkComponent, type Logger, type MetricTags, type Next } from '@reprise/common';
import { fileURLToPath } from 'node:url';
import {
  activityLogAttributes,
  type ActivityExecuteInput,
  type ActivityInboundCallsInterceptor,
  type ActivityOutboundCallsInterceptor,
} from '../activity/interceptors.ts';
import type { InjectedSinks } from '../sinks.ts';
import type { LoggerSinks } from '@reprise/workflow';
import { Runtime } from '../runtime.ts';
import type { WorkerInterceptors } from '../options/worker-options.ts';

/**
 * Gives an activity another logger, or, where a class extends this one, other attributes on what it logs. Without
 * either, it does nothing.
 *
 * @deprecated Use an outbound interceptor with `getLogAttributes`.
 */
export class ActivityInboundLogInterceptor
  implements ActivityInboundCallsInterceptor, ActivityOutboundCallsInterceptor
{
  protected readonly ctx: Context;

  /** @param logger where the lines go; default: to the logger of the runtime */
  constructor(ctx: Context, logger?: Logger) {
    this.ctx = ctx;
    if (logger === undefined && Object.getPrototypeOf(this) === ActivityInboundLogInterceptor.prototype) return;
    ctx.log = LoggerWithComposedMetadata.compose(
      logger ?? Runtime.instance().logger,
      { sdkComponent: SdkComponent.activity },
      () => this.logAttributes(),
    );
  }

  /** The attributes that the lines carry. */
  protected logAttributes(): Record<string, unknown> {
    return activityLogAttributes(this.ctx.info);
  }

  async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>): Promise<unknown> {
    return await next(input);
  }

  getLogAttributes(
    input: Record<string, unknown>,
    next: Next<ActivityOutboundCallsInterceptor, 'getLogAttributes'>,
  ): Record<string, unknown> {
    return next(input);
  }

  getMetricTags(input: MetricTags, next: Next<ActivityOutboundCallsInterceptor, 'getMetricTags'>): MetricTags {
    return next(input);
  }
}

/**
 * The interceptors of a worker with those that log; they are built in, so that these are the same.
 *
 * @deprecated Workers log by themselves.
 */
export function appendDefaultInterceptors(interceptors: WorkerInterceptors): WorkerInterceptors {
  return { ...interceptors };
}

/**
 * The sink that `defaultWorkerLogger` of workflow code logs to.
 *
 * @param logger default: the runtime's
 * @deprecated Use `log` of `@reprise/workflow`.
 */
export function defaultSinks(logger?: Logger): InjectedSinks<Pick<LoggerSinks, 'defaultWorkerLogger'>> {
  const to = (): Logger => logger ?? Runtime.instance().logger;
  return {
    defaultWorkerLogger: {
      trace: { fn: (_info, message, attributes) => to().trace(message, attributes) },
      debug: { fn: (_info, message, attributes) => to().debug(message, attributes) },
      info: { fn: (_info, message, attributes) => to().info(message, attributes) },
      warn: { fn: (_info, message, attributes) => to().warn(message, attributes) },
      error: { fn: (_info, message, attributes) => to().error(message, attributes) },
    },
  };
}

/**
 * The modules with the interceptors that log workflows; those are built in, so that the one here has none.
 *
 * @deprecated Workers log by themselves.
 */
export const defaultWorkflowInterceptorModules: string[] = [
  fileURLToPath(new URL(`workflow-log-interceptor${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)),
];
