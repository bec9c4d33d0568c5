import type { Case } from './case.ts';
import type { Change } from './changes.ts';
import type { RecordedStep } from './finding.ts';
import { lastOutcome } from './last-outcome.ts';
import { stepText } from './step-text.ts';
import { isLeftAlone, type WaitedFor, waitedFor } from './waited-for.ts';

/** What the code of today does not wait for before it goes on, or ends. */
export function notWaitedFor(found: Case, { code, recorded, now, isLater }: Change): WaitedFor | undefined {
  if (recorded?.kind === 'cancelTimer' && now === undefined) return arrivalBefore(found, recorded);
  if (recorded === undefined || now === undefined) return undefined;
  if (code === 'R1008' && recorded.kind === 'event') return waitedFor(found.events[recorded.eventId - 1], found);
  const isEarlier = code === 'R1002' && isLater !== true && stepText(recorded) === stepText(now);
  if (!isEarlier) return undefined;
  const waited = toldBefore(found, recorded);
  if (waited?.place === undefined || isLeftAlone(waited.place, found.source)) return waited;
  // It is waited for still, beside others: what matters is where these are asked for together.
  return { ...waited, place: undefined };
}

/** What the run had been told when a recorded step was asked for. */
function toldBefore(found: Case, { eventId }: RecordedStep): WaitedFor | undefined {
  const told = lastOutcome(found.events, eventId - 1);
  return told === undefined ? undefined : waitedFor(found.events[told.eventId - 1], found);
}

/** The signal that a recorded step answered. */
function arrivalBefore(found: Case, recorded: RecordedStep): WaitedFor | undefined {
  const waited = toldBefore(found, recorded);
  return waited?.until === 'arrival' ? waited : undefined;
}
