/**
 * Tells the server at an interval that a worker is alive, and how it does.
 *
 * I1. A server that does not know the call is not asked again.
 */
import { RpcError, StatusCode, type temporal } from '@reprise/proto';
import { workerHeartbeat, type WorkerProfile, type WorkerSnapshot } from './worker-heartbeat.ts';

type Message = temporal.api.worker.v1.WorkerHeartbeat;

export interface WorkerHeartbeatsOptions {
  readonly intervalMs: number;
  readonly profile: WorkerProfile;
  readonly look: (status: WorkerSnapshot['status']) => WorkerSnapshot;
  readonly send: (heartbeat: Message) => Promise<unknown>;
  /** A heartbeat did not arrive; the next one is sent all the same. */
  readonly onError: (error: unknown) => void;
}

export class WorkerHeartbeats {
  readonly #options: WorkerHeartbeatsOptions;
  #timer: NodeJS.Timeout | undefined;
  #last: WorkerSnapshot | undefined;

  constructor(options: WorkerHeartbeatsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#beat(), this.#options.intervalMs).unref();
    void this.#beat();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The worker as it is now. */
  take(status: WorkerSnapshot['status'] = 'running'): Message {
    const now = this.#options.look(status);
    const message = workerHeartbeat(this.#options.profile, now, this.#last);
    this.#last = now;
    return message;
  }

  async #beat(): Promise<void> {
    try {
      await this.#options.send(this.take());
    } catch (error) {
      if (error instanceof RpcError && error.code === StatusCode.UNIMPLEMENTED) this.stop();
      else this.#options.onError(error);
    }
  }
}
