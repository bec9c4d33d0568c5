/** Runs functions within spans. */
import { context as contexts, SpanStatusCode } from '@opentelemetry/api';
import type { Context, Exception, Span, Tracer } from '@opentelemetry/api';
import { ApplicationFailure, ApplicationFailureCategory } from '@reprise/common';

export interface InstrumentOptions<T> {
  tracer: Tracer;
  spanName: string;
  fn: (span: Span) => Promise<T>;
  /** What the span is part of. Default: what is active. */
  context?: Context | undefined;
  /** Errors that are no failure, such as those that only carry a decision. */
  acceptableErrors?: (error: unknown) => boolean;
}

export type InstrumentOptionsSync<T> = Omit<InstrumentOptions<T>, 'fn'> & { fn: (span: Span) => T };

/**
 * Runs `fn` within a span that ends when `fn` does.
 *
 * In workflow code the number of functions that await decides after how many microtasks the result is there, and with it
 * the order of what the workflow asks for. Histories hang on it: do not add or take away an `await` here.
 */
export async function instrument<T>(options: InstrumentOptions<T>): Promise<T> {
  const { tracer, spanName, context } = options;
  if (context) {
    return await contexts.with(context, async () => {
      return await tracer.startActiveSpan(spanName, async (span) => await within(span, options));
    });
  }
  return await tracer.startActiveSpan(spanName, async (span) => await within(span, options));
}

async function within<T>(span: Span, { fn, acceptableErrors }: InstrumentOptions<T>): Promise<T> {
  try {
    const result = await fn(span);
    span.setStatus({ code: SpanStatusCode.OK });
    return result;
  } catch (error) {
    noteError(span, error, acceptableErrors);
    throw error;
  } finally {
    span.end();
  }
}

/** Like `instrument`, for functions that do not wait. */
export function instrumentSync<T>(options: InstrumentOptionsSync<T>): T {
  const { tracer, spanName, context, fn, acceptableErrors } = options;
  const run = (): T =>
    tracer.startActiveSpan(spanName, (span) => {
      try {
        const result = fn(span);
        span.setStatus({ code: SpanStatusCode.OK });
        return result;
      } catch (error) {
        noteError(span, error, acceptableErrors);
        throw error;
      } finally {
        span.end();
      }
    });
  return context ? contexts.with(context, run) : run();
}

function noteError(span: Span, error: unknown, acceptableErrors?: (error: unknown) => boolean): void {
  if (acceptableErrors?.(error) === true) {
    span.setStatus({ code: SpanStatusCode.OK });
    return;
  }
  const isBenign = error instanceof ApplicationFailure && error.category === ApplicationFailureCategory.BENIGN;
  const message = error instanceof Error ? error.message : String(error);
  span.setStatus({ code: isBenign ? SpanStatusCode.UNSET : SpanStatusCode.ERROR, message });
  span.recordException(error as Exception);
}
