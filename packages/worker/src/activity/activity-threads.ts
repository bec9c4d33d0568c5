/**
 * Runs activities in worker threads, so that one that computes does not hold up the worker. Each thread loads the module
 * of the activities; payloads cross as bytes, codecs stay on this side.
 *
 * I1. Every execution that was sent to a thread ends: with its outcome, or as failed when the thread has ended.
 */
import { Worker } from 'node:worker_threads';
import {
  decodePayloads,
  encodeFailure,
  encodePayloads,
  payloadCodecInContext,
  RawValue,
  type ActivityCancellationDetailsOptions,
  type FailureShape,
  type Logger,
  type PayloadCodec,
} from '@reprise/common';
import { activityContext } from './activity-context.ts';
import type { ActivityTask } from './activity-task.ts';
import type { ActivityOutcome, CancelReason, Execution } from './execution.ts';
import type { FromThread, ThreadSettings, ToThread } from './thread-messages.ts';

export interface ActivityThreadsOptions extends ThreadSettings {
  readonly size: number;
  readonly codecs: readonly PayloadCodec[];
  readonly logger: Logger;
}

interface Underway {
  readonly resolve: (outcome: ActivityOutcome) => void;
  readonly heartbeat: (details: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly underway: Map<number, Underway>;
}

export class ActivityThreads {
  readonly #options: ActivityThreadsOptions;
  readonly #threads: Thread[] = [];
  readonly #names = Promise.withResolvers<readonly string[]>();
  #lastId = 0;
  #closing = false;

  constructor(options: ActivityThreadsOptions) {
    this.#options = options;
    for (let i = 0; i < options.size; i++) this.#threads.push(this.#spawn(i));
  }

  /** The names of the activities in the module. Rejects when it cannot be loaded. */
  get names(): Promise<readonly string[]> {
    return this.#names.promise;
  }

  /** `usesCodecs` is false for local activities, whose payloads no codec has been at. */
  execution(task: ActivityTask, heartbeat: (details: unknown) => void, usesCodecs: boolean): Execution {
    const context = activityContext(task);
    const codecs = usesCodecs ? this.#options.codecs.map((codec) => payloadCodecInContext(codec, context)) : [];
    const id = ++this.#lastId;
    let reason: CancelReason | undefined;
    let thread: Thread | undefined;
    return {
      task,
      get cancelReason() {
        return reason;
      },
      cancel: (why: CancelReason, details: ActivityCancellationDetailsOptions = {}) => {
        reason ??= why;
        post(thread, { kind: 'cancel', id, reason: why, details });
      },
      run: async () => {
        thread = this.#idlest();
        const input = await decodePayloads(codecs, task.input);
        const heartbeatDetails = await decodePayloads(codecs, task.heartbeatDetails);
        const outcome = await new Promise<ActivityOutcome>((resolve) => {
          thread?.underway.set(id, { resolve, heartbeat });
          post(thread, { kind: 'run', id, task: { ...task, input, heartbeatDetails } });
        });
        return await encodeOutcome(outcome, codecs);
      },
    };
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #idlest(): Thread {
    return this.#threads.reduce((a, b) => (b.underway.size < a.underway.size ? b : a));
  }

  #spawn(index: number): Thread {
    const { modulePath, payloadConverterPath, failureConverterPath } = this.#options;
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const settings: ThreadSettings = { modulePath, payloadConverterPath, failureConverterPath };
    const worker = new Worker(new URL(`./activity-thread.${extension}`, import.meta.url), { workerData: settings });
    const thread: Thread = { worker, underway: new Map() };
    worker.on('message', (message: FromThread) => this.#take(thread, message));
    worker.on('error', (error) => {
      this.#names.reject(error);
      this.#options.logger.error('An activity thread has ended with an error', { error });
    });
    worker.once('exit', (code) => this.#replace(index, code));
    return thread;
  }

  #take(thread: Thread, message: FromThread): void {
    switch (message.kind) {
      case 'ready':
        return this.#names.resolve(message.names);
      case 'log':
        return this.#options.logger.log(message.level, message.message, message.meta);
      case 'heartbeat': {
        const details = message.details === undefined ? undefined : RawValue.fromPayload(message.details);
        return thread.underway.get(message.id)?.heartbeat(details);
      }
      case 'outcome': {
        const underway = thread.underway.get(message.id);
        thread.underway.delete(message.id);
        return underway?.resolve(message.outcome);
      }
    }
  }

  /** I1. */
  #replace(index: number, code: number): void {
    const ended = this.#threads[index];
    const text = `The thread that ran the activity has ended (exit code ${code})`;
    for (const { resolve } of ended?.underway.values() ?? []) {
      const failure: FailureShape = { message: text, applicationFailureInfo: { type: 'ActivityThreadEnded' } };
      resolve({ status: 'failed', failure, error: new Error(text) });
    }
    if (!this.#closing) this.#threads[index] = this.#spawn(index);
  }
}

function post(thread: Thread | undefined, message: ToThread): void {
  thread?.worker.postMessage(message);
}

async function encodeOutcome(outcome: ActivityOutcome, codecs: readonly PayloadCodec[]): Promise<ActivityOutcome> {
  if (codecs.length === 0) return outcome;
  switch (outcome.status) {
    case 'completed': {
      const [result = outcome.result] = await encodePayloads(codecs, [outcome.result]);
      return { ...outcome, result };
    }
    case 'failed':
      return { ...outcome, failure: await encodeFailure(codecs, outcome.failure) };
    case 'cancelled': {
      const failure = await encodeFailure(codecs, outcome.failure);
      return { ...outcome, failure, details: failure.canceledFailureInfo?.details?.payloads ?? [] };
    }
    case 'willCompleteAsync':
      return outcome;
  }
}
