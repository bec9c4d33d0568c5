/** Of a patch whose marker is recorded without the search attribute that a worker of its time writes with it. */
import type { Case } from './case.ts';
import type { Finding } from './finding.ts';
import { currentSide, recordedSide } from './sides.ts';

/** Undefined where the mismatch is of another sort. */
export function diagnoseMissingUpsert({ mismatch, source }: Pick<Case, 'mismatch' | 'source'>): Finding | undefined {
  const { code, recorded, now } = mismatch;
  if (code !== 'wrong-command' || recorded === undefined || now?.asked.kind !== 'setPatchMarker') return undefined;
  const asked = currentSide(now.asked, source);
  return {
    code: 'R1000',
    severity: 'error',
    title: `the marker of patch '${asked.name}' is recorded without the search attribute that goes with it`,
    recorded: recordedSide(recorded.event),
    now: asked,
    ...(asked.place === undefined ? {} : { place: asked.place }),
    notes: [
      'the worker that recorded this writes TemporalChangeVersion after each marker, unless its list grows past 2,048 bytes',
    ],
    help: [
      'export the history again, whole',
      'if it is whole, keep asking for all patches that came before: a shorter list is written where a long one was not',
    ],
    times: 1,
    message: mismatch.message,
  };
}
