/** Why an activity was asked to cancel; each is true when it applies. */
export interface ActivityCancellationDetailsOptions {
  notFound?: boolean;
  cancelRequested?: boolean;
  paused?: boolean;
  timedOut?: boolean;
  workerShutdown?: boolean;
  reset?: boolean;
}

/** Why an activity was asked to cancel. */
export class ActivityCancellationDetails {
  /** The server no longer knows the activity. */
  readonly notFound: boolean;
  /** The workflow asked for it. */
  readonly cancelRequested: boolean;
  /** The activity is paused. */
  readonly paused: boolean;
  /** A time limit was exceeded. */
  readonly timedOut: boolean;
  /** The worker shuts down. */
  readonly workerShutdown: boolean;
  /** The activity is reset to its first attempt. */
  readonly reset: boolean;

  constructor(options: ActivityCancellationDetailsOptions = {}) {
    this.notFound = options.notFound ?? false;
    this.cancelRequested = options.cancelRequested ?? false;
    this.paused = options.paused ?? false;
    this.timedOut = options.timedOut ?? false;
    this.workerShutdown = options.workerShutdown ?? false;
    this.reset = options.reset ?? false;
  }

  /** Makes details of a cancel message. */
  static fromProto(
    message:
      | {
          [K in 'isNotFound' | 'isCancelled' | 'isPaused' | 'isTimedOut' | 'isWorkerShutdown' | 'isReset']?:
            | boolean
            | null;
        }
      | null
      | undefined,
  ): ActivityCancellationDetails {
    return new ActivityCancellationDetails({
      notFound: message?.isNotFound ?? false,
      cancelRequested: message?.isCancelled ?? false,
      paused: message?.isPaused ?? false,
      timedOut: message?.isTimedOut ?? false,
      workerShutdown: message?.isWorkerShutdown ?? false,
      reset: message?.isReset ?? false,
    });
  }
}
