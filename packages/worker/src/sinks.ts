/** Carries out the calls of sinks that workflow code made: log lines, and what users inject. */
import {
  isError,
  LoggerWithComposedMetadata,
  SdkComponent,
  type Logger,
  type LogLevel,
  type Measurement,
} from '@reprise/common';
import type { WorkflowTask } from './decode/workflow-task.ts';
import type { SinkCall } from '@reprise/workflow/runtime';

/** What a sink function learns of the workflow that called it. */
export interface SinkWorkflowInfo {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly unsafe: { readonly isReplaying: boolean };
}

export interface InjectedSinkFunction {
  // Users give functions of any parameters; what workflow code passes decides.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  fn(info: SinkWorkflowInfo, ...args: readonly never[]): void | Promise<void>;
  /** Whether the function is also called while a workflow replays. Default false. */
  callDuringReplay?: boolean;
}

export type InjectedSinks = Record<string, Record<string, InjectedSinkFunction>>;

const LOGGER_SINK = '__temporal_logger';
const CONSOLE_SINK = '__temporal_console';
const METRICS_SINK = '__temporal_metrics';

export class SinkRunner {
  readonly #sinks: InjectedSinks;
  readonly #logger: Logger;
  readonly #namespace: string;
  readonly #measure: (measurement: Measurement) => void;

  constructor(
    sinks: InjectedSinks,
    worker: { logger: Logger; namespace: string; measure: (measurement: Measurement) => void },
  ) {
    this.#sinks = sinks;
    this.#logger = worker.logger;
    this.#namespace = worker.namespace;
    this.#measure = worker.measure;
  }

  /** Calls the sinks in the order of the calls; an error of a sink is logged. */
  run(calls: readonly SinkCall[], task: WorkflowTask, info: unknown): void {
    for (const call of calls) {
      if (call.interfaceName === LOGGER_SINK) this.#log(call);
      else if (call.interfaceName === CONSOLE_SINK) print(call);
      else if (call.interfaceName === METRICS_SINK) this.#record(call);
      else this.#call(call, task, info);
    }
  }

  #log(call: SinkCall): void {
    if (call.isReplaying === true) return;
    const [message, attributes] = argsOf(call) as [string, Record<string | symbol, unknown> | undefined];
    const level = call.functionName.toUpperCase() as LogLevel;
    const logger = LoggerWithComposedMetadata.compose(this.#logger, { sdkComponent: SdkComponent.workflow });
    logger.log(level, message, { [LogTimestamp]: BigInt(Math.round(call.timeMs)) * 1_000_000n, ...attributes });
  }

  #record(call: SinkCall): void {
    if (call.isReplaying === true) return;
    const [measurement] = JSON.parse(call.argsJson) as [Measurement];
    try {
      this.#measure(measurement);
    } catch (error) {
      this.#logger.error('Workflow metric was not recorded', { name: measurement.name, error });
    }
  }

  #call(call: SinkCall, task: WorkflowTask, known: unknown): void {
    // The names are the workflow's: only what the user gave is to be found by them.
    const functions = ownOf(this.#sinks, call.interfaceName);
    const sink = functions && ownOf(functions, call.functionName);
    if (sink === undefined) {
      this.#logger.error('Workflow referenced an unregistered external sink', {
        ifaceName: call.interfaceName,
        fnName: call.functionName,
      });
      return;
    }
    if (call.isReplaying === true && sink.callDuringReplay !== true) return;
    const { workflowId, runId, workflowType, taskQueue } = task;
    const unsafe = { isReplaying: call.isReplaying === true };
    const info = {
      ...(known as object | undefined),
      workflowId,
      runId,
      workflowType,
      taskQueue,
      namespace: this.#namespace,
      unsafe,
    };
    const args = argsOf(call) as never[];
    void Promise.resolve()
      .then(() => sink.fn(info, ...args))
      .catch((error: unknown) => {
        const about = { ifaceName: call.interfaceName, fnName: call.functionName, error, workflowId, runId };
        this.#logger.error('External sink function threw an error', about);
      });
  }
}

/** What workflow code passed; its errors are errors again, so that loggers and consoles show them as such. */
function argsOf(call: SinkCall): unknown[] {
  return JSON.parse(call.argsJson, (_key, value: unknown) => (isError(value) ? errorOf(value) : value)) as unknown[];
}

function errorOf({ name, message, stack, cause, ...own }: Error): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  const hidden = { configurable: true, enumerable: false, writable: true };
  Object.defineProperties(error, { name: { ...hidden, value: name }, stack: { ...hidden, value: stack } });
  return Object.assign(error, own);
}

/** The key under which a log line carries when it was written, in ns since epoch. */
export const LogTimestamp = Symbol.for('log_timestamp');

function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const CONSOLE = {
  log: (...args: unknown[]) => console.log(...args),
  warn: (...args: unknown[]) => console.warn(...args),
  error: (...args: unknown[]) => console.error(...args),
  info: (...args: unknown[]) => console.info(...args),
  debug: (...args: unknown[]) => console.debug(...args),
};

/** What workflow code writes to its console comes out on the worker's. */
function print(call: SinkCall): void {
  ownOf(CONSOLE, call.functionName)?.(...argsOf(call));
}
