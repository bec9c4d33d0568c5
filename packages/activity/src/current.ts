import type {
  ActivityCancellationDetails,
  Duration,
  LogMetadata,
  Logger,
  LogLevel,
  MetricMeter,
} from '@reprise/common';
import { noopMetricMeter } from '@reprise/common';
import type { ActivityClientOfContext } from './client-of-context.ts';
import { Context, asyncLocalStorage } from './context.ts';
import type { Info } from './info.ts';

/**
 * What is known of the running activity.
 *
 * @throws Error outside an activity.
 * @example
 * ```ts
 * const { attempt, heartbeatDetails } = activityInfo();
 * ```
 */
export function activityInfo(): Info {
  return Context.current().info;
}

/**
 * Tells the server that the running activity is alive. Cheap: calls are throttled and only the last details are sent.
 *
 * @param details what the next attempt finds in `activityInfo().heartbeatDetails`.
 */
export function heartbeat(details?: unknown): void {
  Context.current().heartbeat(details);
}

/**
 * Waits, and stops waiting when the activity is cancelled.
 *
 * @param duration ms, or text such as `'5 seconds'`.
 * @throws CancelledFailure when the activity is cancelled.
 */
export function sleep(duration: Duration): Promise<void> {
  return Context.current().sleep(duration);
}

/** A promise that rejects with a `CancelledFailure` when the running activity is cancelled, and never resolves. */
export function cancelled(): Promise<never> {
  return Context.current().cancelled;
}

/** A signal that aborts when the running activity is cancelled. */
export function cancellationSignal(): AbortSignal {
  return Context.current().cancellationSignal;
}

/** Why the running activity was cancelled; undefined while it is not. */
export function cancellationDetails(): ActivityCancellationDetails | undefined {
  return Context.current().cancellationDetails;
}

/** The client of the worker that runs the activity. */
export function getClient(): ActivityClientOfContext {
  return Context.current().client;
}

/** The logger of the running activity: each line carries the activity's ids. */
export const log: Logger = {
  log(level: LogLevel, message: string, meta?: LogMetadata): void {
    Context.current().log.log(level, message, meta);
  },
  trace(message: string, meta?: LogMetadata): void {
    Context.current().log.trace(message, meta);
  },
  debug(message: string, meta?: LogMetadata): void {
    Context.current().log.debug(message, meta);
  },
  info(message: string, meta?: LogMetadata): void {
    Context.current().log.info(message, meta);
  },
  warn(message: string, meta?: LogMetadata): void {
    Context.current().log.warn(message, meta);
  },
  error(message: string, meta?: LogMetadata): void {
    Context.current().log.error(message, meta);
  },
};

/** The meter of the running activity; outside an activity its metrics go nowhere. */
export const metricMeter: MetricMeter = {
  createCounter: (...args) => currentMeter().createCounter(...args),
  createHistogram: (...args) => currentMeter().createHistogram(...args),
  createGauge: (...args) => currentMeter().createGauge(...args),
  createUpDownCounter: (...args) => currentMeter().createUpDownCounter(...args),
  withTags: (...args) => currentMeter().withTags(...args),
};

function currentMeter(): MetricMeter {
  return asyncLocalStorage.getStore()?.metricMeter ?? noopMetricMeter;
}
