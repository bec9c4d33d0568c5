import type { temporal } from '@reprise/proto';
import type { HistoryEvent } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

type Header = temporal.api.common.v1.Header | null | undefined;

/**
 * Headers that steps were recorded with and that the code does not set now, as a sentence: they were set by interceptors,
 * which may also change the order of steps, or take random numbers.
 */
export function missingHeaders(matches: readonly { event: HistoryEvent; intent: Intent }[]): string[] {
  const missing = new Set(
    matches.flatMap(({ event, intent }) => {
      const now = 'headers' in intent ? intent.headers : {};
      return Object.keys(headerOf(event)?.fields ?? {}).filter((key) => !(key in now));
    }),
  );
  if (missing.size === 0) return [];
  const names = [...missing].map((name) => `\`${name}\``).join(', ');
  return [`steps were recorded with the header ${names}, which an interceptor sets: give it with --interceptors`];
}

function headerOf(event: HistoryEvent): Header {
  return (
    event.activityTaskScheduledEventAttributes?.header ??
    event.startChildWorkflowExecutionInitiatedEventAttributes?.header ??
    event.signalExternalWorkflowExecutionInitiatedEventAttributes?.header
  );
}
