/** Carries out the calls of sinks that workflow code made: log lines, and what users inject. */
import {
  LoggerWithComposedMetadata,
  SdkComponent,
  valueFromText,
  type Logger,
  type LogLevel,
  type Measurement,
} from '@reprise/common';
import type { WorkflowTask } from './decode/workflow-task.ts';
import type { Sink, SinkFunction, Sinks, WorkflowInfo } from '@reprise/workflow';
import type { SinkCall } from '@reprise/workflow/runtime';
import { workflowInfoOfText } from './workflow-info-of-text.ts';
import { workflowLogAttributes } from './log/workflow-log-attributes.ts';

/** What is called when workflow code calls the sink function `F`. */
export interface InjectedSinkFunction<F extends SinkFunction = SinkFunction> {
  /** Called after the activation, with what was known of the workflow and what workflow code passed, copied. */
  fn(info: WorkflowInfo, ...args: Parameters<F>): void | Promise<void>;
  /** Whether the function is also called while a workflow replays. Default false. */
  callDuringReplay?: boolean;
}

/** The functions of one sink. */
export type InjectedSink<T extends Sink = Sink> = { [P in keyof T]: InjectedSinkFunction<T[P]> };

/** Sinks by name, as workflow code proxies them. */
export type InjectedSinks<T extends Sinks = Sinks> = { [P in keyof T]: InjectedSink<T[P]> };

const LOGGER_SINK = '__temporal_logger';
/** Who registers it takes the log lines of workflows. */
const OLD_LOGGER_SINK = 'defaultWorkerLogger';
const CONSOLE_SINK = '__temporal_console';
const METRICS_SINK = '__temporal_metrics';

/** The run whose code called. */
export type SinkCaller = Pick<WorkflowTask, 'workflowId' | 'runId' | 'workflowType' | 'taskQueue'>;

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
  run(calls: readonly SinkCall[], task: SinkCaller): void {
    for (const call of calls) {
      if (call.interfaceName === LOGGER_SINK || call.interfaceName === OLD_LOGGER_SINK) this.#log(call, task);
      else if (call.interfaceName === CONSOLE_SINK) print(call);
      else if (call.interfaceName === METRICS_SINK) this.#record(call);
      else this.#call(call, task);
    }
  }

  #log(call: SinkCall, task: SinkCaller): void {
    if (Object.hasOwn(this.#sinks, OLD_LOGGER_SINK)) {
      this.#call({ ...call, interfaceName: OLD_LOGGER_SINK }, task);
      return;
    }
    if (call.isReplaying === true) return;
    const [message, attributes] = argsOf(call) as [string, Record<string | symbol, unknown> | undefined];
    const level = call.functionName.toUpperCase() as LogLevel;
    const logger = LoggerWithComposedMetadata.compose(this.#logger, { sdkComponent: SdkComponent.workflow });
    logger.log(level, message, { [LogTimestamp]: BigInt(Math.round(call.timeMs)) * 1_000_000n, ...attributes });
  }

  #record(call: SinkCall): void {
    if (call.isReplaying === true) return;
    const [measurement] = argsOf(call) as [Measurement];
    try {
      this.#measure(measurement);
    } catch (error) {
      this.#logger.error('Workflow metric was not recorded', { name: measurement.name, error });
    }
  }

  #call(call: SinkCall, task: SinkCaller): void {
    // The names are the workflow's: only what the user gave is to be found by them.
    const functions = ownOf(this.#sinks, call.interfaceName);
    const sink = functions && ownOf(functions, call.functionName);
    const { workflowId, runId, workflowType, taskQueue } = task;
    const here = { workflowId, runId, workflowType, taskQueue, namespace: this.#namespace };
    const about = { ...workflowLogAttributes(here), ifaceName: call.interfaceName, fnName: call.functionName };
    if (sink === undefined) {
      this.#logger.error('Workflow referenced an unregistered external sink', about);
      return;
    }
    if (call.isReplaying === true && sink.callDuringReplay !== true) return;
    // Log lines have no info of their own: what they say of the run is in their attributes.
    const info = call.infoText === undefined ? (here as WorkflowInfo) : workflowInfoOfText(call.infoText);
    const args = argsOf(call) as never[];
    void Promise.resolve()
      .then(() => sink.fn(info, ...args))
      .catch((error: unknown) => {
        this.#logger.error('External sink function threw an error', { ...about, error, workflowInfo: info });
      });
  }
}

/** What workflow code passed. */
function argsOf(call: SinkCall): unknown[] {
  return valueFromText(call.argsText) as unknown[];
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
