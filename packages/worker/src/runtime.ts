/**
 * What all workers of a process share: the logger, the meter, and what happens on signals. Made at the first use, or by
 * `Runtime.install` before.
 *
 * I1. Signal handlers are there exactly while a worker runs.
 */
import { randomUUID } from 'node:crypto';
import {
  checkOption,
  checkSpelling,
  type Duration,
  IllegalStateError,
  type Logger,
  type MetricMeter,
  msToNumber,
} from '@reprise/common';
import { DefaultLogger } from './log/default-logger.ts';
import type { MetricsBuffer } from './metrics/metrics-buffer.ts';
import { startTelemetry, type Telemetry, type TelemetryOptions } from './metrics/telemetry.ts';

export interface RuntimeOptions {
  /** Default `new DefaultLogger('INFO')`. */
  logger?: Logger;
  /** On these, every worker that runs is shut down. Default SIGINT, SIGTERM, SIGQUIT, SIGUSR2. */
  shutdownSignals?: NodeJS.Signals[];
  /** Where metrics go. Default: nowhere. */
  telemetryOptions?: TelemetryOptions;
  /** How often workers tell the server that they are alive: 1 s to 60 s, or 0 for never. Default 60 s. */
  workerHeartbeatInterval?: Duration;
}

interface Shutdownable {
  getState(): string;
  shutdown(): void;
}

interface RuntimeOfProcess {
  runtime?: Runtime | undefined;
  isInstalled?: boolean;
  /** What was installed last: it holds for a runtime that is made after that one was shut down. */
  installed?: RuntimeOptions;
}

// One for every copy of the package in the process, whether it came by import or by require.
const processKey = Symbol.for('__reprise_runtime__');
const ofProcess: RuntimeOfProcess = ((globalThis as { [processKey]?: RuntimeOfProcess })[processKey] ??= {});

const DEFAULT_SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2'];

const known: { readonly [Name in keyof Required<RuntimeOptions>]: true } = {
  logger: true,
  shutdownSignals: true,
  telemetryOptions: true,
  workerHeartbeatInterval: true,
};

export class Runtime {
  readonly options: Required<Omit<RuntimeOptions, 'telemetryOptions' | 'workerHeartbeatInterval'>> & {
    /** Milliseconds; 0 for none. */
    readonly workerHeartbeatInterval: number;
  };
  /** Names this process in the heartbeats of its workers. */
  readonly groupingKey: string = randomUUID();
  readonly telemetry: Telemetry;
  readonly #workers = new Set<Shutdownable>();
  readonly #onSignal = (signal: NodeJS.Signals): void => this.#shutdownAll(signal);

  private constructor(options: RuntimeOptions) {
    checkOption('RuntimeOptions', options, 'object');
    checkSpelling('RuntimeOptions', options, known);
    this.options = {
      logger: options.logger ?? new DefaultLogger(),
      shutdownSignals: options.shutdownSignals ?? [...DEFAULT_SIGNALS],
      workerHeartbeatInterval: heartbeatIntervalMs(options.workerHeartbeatInterval),
    };
    this.telemetry = startTelemetry(options.telemetryOptions, () => this.options.logger);
  }

  /**
   * Sets the options of this process; once, and before the first worker is made.
   *
   * @throws IllegalStateError when there is a runtime already.
   */
  static install(options: RuntimeOptions): Runtime {
    if (ofProcess.runtime !== undefined) {
      throw new IllegalStateError(
        ofProcess.isInstalled === true
          ? 'Runtime singleton has already been installed'
          : 'Runtime singleton has already been instantiated. Did you start a Worker before calling `install`?',
      );
    }
    ofProcess.runtime = new Runtime(options);
    ofProcess.isInstalled = true;
    ofProcess.installed = options;
    return ofProcess.runtime;
  }

  /** The runtime of this process; made when there is none, with the options that were installed last. */
  static instance(): Runtime {
    ofProcess.runtime ??= new Runtime(ofProcess.installed ?? {});
    return ofProcess.runtime;
  }

  /** The runtime of this process, if there is one. @internal */
  static get _instance(): Runtime | undefined {
    return ofProcess.runtime;
  }

  /** For metrics of the user's own. */
  get metricMeter(): MetricMeter {
    return this.telemetry.meter;
  }

  /** The buffer that metrics go to, if they go to one. */
  get metricsBuffer(): MetricsBuffer | undefined {
    return this.telemetry.buffer;
  }

  /** Does nothing: log lines are handed to the logger as they are written. */
  flushLogs(): void {}

  get logger(): Logger {
    return this.options.logger;
  }

  /** Ends the runtime, so that another can be installed. Workers must have stopped. */
  async shutdown(): Promise<void> {
    if (this.#workers.size > 0) throw new IllegalStateError('The runtime cannot be shut down while workers run');
    this.telemetry.close();
    if (ofProcess.runtime === this) {
      ofProcess.runtime = undefined;
      ofProcess.isInstalled = false;
    }
    await Promise.resolve();
  }

  /** Shuts `worker` down on a signal, until it is released. */
  register(worker: Shutdownable): void {
    if (this.#workers.size === 0) for (const signal of this.options.shutdownSignals) process.on(signal, this.#onSignal);
    this.#workers.add(worker);
  }

  release(worker: Shutdownable): void {
    this.#workers.delete(worker);
    if (this.#workers.size === 0)
      for (const signal of this.options.shutdownSignals) process.off(signal, this.#onSignal);
  }

  #shutdownAll(signal: NodeJS.Signals): void {
    this.logger.info('Received signal, shutting down workers', { signal });
    // A second signal, or one that comes while a worker stops by itself, finds workers that stop already.
    for (const worker of this.#workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  }
}

const SHORTEST_INTERVAL_MS = 1000;
const LONGEST_INTERVAL_MS = 60_000;

function heartbeatIntervalMs(interval: Duration = LONGEST_INTERVAL_MS): number {
  const ms = msToNumber(interval);
  if (ms === 0 || (ms >= SHORTEST_INTERVAL_MS && ms <= LONGEST_INTERVAL_MS)) return ms;
  throw new TypeError(`workerHeartbeatInterval must be 0, or between 1 s and 60 s; got ${interval}`);
}
