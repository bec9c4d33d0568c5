import { refuseReservedName, type LogMetadata, type Untyped } from '@reprise/common';
import { requireRun } from '../run/current-run.ts';
import { callSink } from '../run/sink-calls.ts';

/** A function of a sink: it returns nothing, because the worker calls it after the activation. */
export type SinkFunction = (...args: Untyped[]) => void;
/** Functions of the worker by name. */
export type Sink = Record<string, SinkFunction>;
/** Sinks by name. */
export type Sinks = Record<string, Sink>;

type LoggerSink = Record<
  'trace' | 'debug' | 'info' | 'warn' | 'error',
  (message: string, attributes?: LogMetadata) => void
>;

/** The sinks that log lines go to; `log` is how to use them. */
export type LoggerSinks = {
  readonly __temporal_logger: LoggerSink;
  /** Older code logs to this one; the worker must inject it, see `defaultSinks` of `@reprise/worker`. */
  readonly defaultWorkerLogger: LoggerSink;
};

/**
 * Functions of the worker that workflow code may call, by sink and function name. They are called after the activation;
 * arguments are copied.
 *
 * @example
 * const { metrics } = proxySinks<{ metrics: { count(name: string): void } }>();
 * metrics.count('orders');
 */
export function proxySinks<T extends Sinks>(): T {
  const sink = (interfaceName: string): object =>
    new Proxy(
      {},
      {
        get:
          (_target, functionName) =>
          (...args: unknown[]) => {
            refuseReservedName('sink', interfaceName);
            const run = requireRun('Proxied sinks functions may only be used from a Workflow Execution.');
            callSink(run, { interfaceName, functionName: String(functionName), args });
          },
      },
    );
  return new Proxy({}, { get: (_target, interfaceName) => sink(String(interfaceName)) }) as T;
}
