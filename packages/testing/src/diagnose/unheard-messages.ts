import type { HistoryEvent } from '@reprise/worker/replay';

import { wordPattern } from './escaped.ts';
import type { SourceLookup } from './source-lookup.ts';

/** Signals and updates that history has and the source does not name: nobody handles them any more. */
export function unheardMessages(events: readonly HistoryEvent[], source: Pick<SourceLookup, 'mentions'>): string[] {
  const names = new Map<string, string>();
  for (const event of events) {
    const signal = event.workflowExecutionSignaledEventAttributes?.signalName;
    if (signal) names.set(signal, 'signal');
    const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
    if (update) names.set(update, 'update');
  }
  return [...names]
    .filter(([name]) => !source.mentions(wordPattern(name)))
    .map(
      ([name, kind]) =>
        `the code does not mention the ${kind} \`${name}\`, which this history has: is its handler gone?`,
    );
}
