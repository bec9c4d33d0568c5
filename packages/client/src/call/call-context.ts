import type { Metadata } from '../connection-options.ts';

/** What holds for all calls made inside `withDeadline`, `withMetadata` and the like. */
export interface CallContext {
  /** When the calls are given up: a date, or ms since epoch. */
  deadline?: number | Date;
  /** Aborts the calls. */
  abortSignal?: AbortSignal;
  /** Headers of the calls. */
  metadata?: Metadata;
}

/** `inner` inside `outer`: the earlier deadline, either signal, the headers of both with the inner ones on top. */
export function nest(outer: CallContext, inner: CallContext): CallContext {
  const deadlines = [outer.deadline, inner.deadline].flatMap((deadline) =>
    deadline === undefined ? [] : [toMs(deadline)],
  );
  const signals = [outer.abortSignal, inner.abortSignal].filter((signal) => signal !== undefined);
  const [only] = signals;
  return {
    ...(deadlines.length > 0 && { deadline: Math.min(...deadlines) }),
    ...(only !== undefined && { abortSignal: signals.length === 1 ? only : AbortSignal.any(signals) }),
    metadata: { ...outer.metadata, ...inner.metadata },
  };
}

/** A deadline in ms since epoch. */
export function toMs(deadline: number | Date): number {
  return typeof deadline === 'number' ? deadline : deadline.getTime();
}
