import type { ReplayOutcome } from '@reprise/worker/replay';

import { CorpusError } from '../corpus/corpus-problem.ts';
import { foreignSdk } from '../corpus/foreign-sdk.ts';
import { findUnreadablePayload } from '../corpus/find-unreadable-payload.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';

/** What the default payload converter says, and what reading JSON says. */
const UNREADABLE = /^(?:Unknown encoding|Missing payload metadata|Got \S+ payload )|JSON/;
const MACHINE_PREFIX = /^Fatal error in workflow machines: /;

/** Where it is the history that is wrong, not the code. */
export function corpusProblem(outcome: ReplayOutcome, { events, file }: RecordedHistory): CorpusError | undefined {
  const sdk = outcome.status === 'ok' ? undefined : foreignSdk(events);
  if (sdk !== undefined) {
    const problem = `recorded by workers of ${sdk}, which order and number steps in another way: TypeScript code cannot be judged by it`;
    return new CorpusError('R3004', problem, { file });
  }
  if (outcome.status === 'mismatch' && outcome.mismatch.code === 'invalid-history')
    return new CorpusError('R3003', outcome.mismatch.message.replace(MACHINE_PREFIX, ''), { file });
  if (outcome.status !== 'threw' || !UNREADABLE.test(outcome.failure.message ?? '')) return undefined;
  const unreadable = findUnreadablePayload(events);
  return unreadable === undefined ? undefined : new CorpusError('R3002', unreadable, { file });
}
