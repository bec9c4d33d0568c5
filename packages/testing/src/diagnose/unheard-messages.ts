import type { HistoryEvent } from '@reprise/worker/replay';

import type { Case } from './case.ts';
import { escaped, wordPattern } from './escaped.ts';
import type { RecordedStep } from './finding.ts';
import { recordedSide } from './sides.ts';
import type { SourceLookup } from './source-lookup.ts';

/** The last signal before the difference that the code has no handler for: what it waits for does not come. */
export function unheardSignal({
  events,
  source,
  recorded,
}: Pick<Case, 'events' | 'source' | 'recorded'>): RecordedStep | undefined {
  if (source.mentions(/\bsetDefaultSignalHandler\b/)) return undefined;
  const before = events.slice(0, (recorded?.eventId ?? events.length + 1) - 1);
  const event = before.findLast(({ workflowExecutionSignaledEventAttributes: signaled }) => {
    const name = signaled?.signalName;
    // A variable may be called what the signal was called: its name is what stands in quotes.
    return name ? !source.mentions(new RegExp(`(['"\`])${escaped(name)}\\1`)) : false;
  });
  const name = event?.workflowExecutionSignaledEventAttributes?.signalName;
  if (event === undefined || !name) return undefined;
  return { ...recordedSide(event), kind: 'signaled', name };
}

/** Signals and updates that history has and the source does not name: nobody handles them any more. */
export function unheardMessages(events: readonly HistoryEvent[], source: Pick<SourceLookup, 'mentions'>): string[] {
  const names = new Map<string, string>();
  const anySignal = source.mentions(/\bsetDefaultSignalHandler\b/);
  const anyUpdate = source.mentions(/\bsetDefaultUpdateHandler\b/);
  for (const event of events) {
    const signal = event.workflowExecutionSignaledEventAttributes?.signalName;
    if (signal && !anySignal) names.set(signal, 'signal');
    const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
    if (update && !anyUpdate) names.set(update, 'update');
  }
  return [...names]
    .filter(([name]) => !source.mentions(wordPattern(name)))
    .map(
      ([name, kind]) =>
        `the code does not mention the ${kind} \`${name}\`, which this history has: is its handler gone?`,
    );
}
