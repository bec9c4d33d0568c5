import { type Mismatch, nowSide, type PendingCommand } from '@reprise/worker/replay';

import type { RecordedHistory } from '../corpus/recorded-history.ts';

/** What the machine would say if something were recorded after the task. */
export function leftoverMismatch(left: readonly PendingCommand[], { events }: RecordedHistory): Mismatch {
  const [first] = left;
  const kinds = left.map(({ intent }) => intent.kind).join(', ');
  return {
    code: 'leftover-command',
    message: `The code asks for ${kinds}, which the completed task before the end of history (event ${events.length}) did not record`,
    ...(first === undefined ? {} : { now: nowSide(first.intent) }),
  };
}
