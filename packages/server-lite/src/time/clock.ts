/** The server's one source of time: event times, timers, back-offs, retention and schedules all come from it. */
export interface Clock {
  /** Milliseconds since the epoch, whole. Never goes back. */
  now(): number;
}
