import type { HistoryEvent, Mismatch } from '@reprise/worker/replay';

import { wordPattern } from './escaped.ts';
import type { CurrentStep, FindingCode, RecordedStep } from './finding.ts';
import type { SourceLookup } from './source-lookup.ts';
import { isClosingStep, isSameStep, recordedStep, type Step } from './step.ts';

export interface Parting {
  readonly recorded: RecordedStep | undefined;
  readonly now: CurrentStep | undefined;
  readonly mismatch: Mismatch;
  readonly events: readonly HistoryEvent[];
  readonly source: Pick<SourceLookup, 'mentions'>;
}

/** The code for two sides that differ, when it is not known how the rest would go. */
export function plainCode({ recorded, now, mismatch, events, source }: Parting): FindingCode {
  if (mismatch.code === 'patch-removed' && recorded?.kind === 'patch') return 'R1005';
  if (recorded === undefined) return now === undefined ? 'R1000' : 'R1003';
  if (now === undefined) return 'R1004';
  if (isClosingStep(now)) return isClosingStep(recorded) ? 'R1012' : 'R1008';
  if (isClosingStep(recorded)) return 'R1009';
  if (recorded.kind === 'updateAccepted' || recorded.kind === 'updateCompleted') return 'R1004';
  if (recorded.kind === 'child' && now.kind === 'child') return recorded.name === now.name ? 'R1017' : 'R1007';
  if (recorded.name === now.name && isActivity(recorded) && isActivity(now)) return 'R1001';
  if (isRecordedAfter(now, recorded.eventId, events)) return 'R1002';
  const isGone = recorded.name !== '' && !source.mentions(wordPattern(recorded.name));
  return recorded.kind === now.kind && isGone ? 'R1001' : 'R1003';
}

function isActivity({ kind }: Step): boolean {
  return kind === 'activity' || kind === 'localActivity';
}

function isRecordedAfter(now: Step, eventId: number, events: readonly HistoryEvent[]): boolean {
  return events.slice(eventId).some((event) => {
    const step = recordedStep(event);
    return step !== undefined && isSameStep(step, now) && step.durationMs === now.durationMs;
  });
}
