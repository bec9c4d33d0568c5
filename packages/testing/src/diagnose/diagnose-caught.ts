import type { Explanation } from '../probe/explain-difference.ts';
import type { Case } from './case.ts';
import { anchorOf } from './together.ts';
import type { Finding, SourcePlace } from './finding.ts';
import { lastOutcome } from './last-outcome.ts';
import { stepText } from './step-text.ts';
import { isClosingStep } from './step.ts';

/** So many steps after what was edited are no coincidence. */
const SURE_AFTER = 2;

/** An error of the user's own code that was caught right before the code asked for something else than was recorded. */
interface Caught {
  readonly message: string;
  readonly place: SourcePlace;
}

/**
 * The error that code threw and caught before it asked for something else than was recorded: what it asks for is the answer
 * to the error, not the change. Undefined where there is no such error, and where one edit explains all that follows: then
 * code that always caught it may have been edited.
 *
 * @param changeCount how many changes explain the difference without it
 */
export function diagnoseCaught(found: Case, changeCount: number): Finding | undefined {
  const { now, recorded, events } = found;
  const caught = caughtBefore(found);
  if (caught === undefined || now === undefined) return undefined;
  if (changeCount === 1 && isBorneOut(found.explanation)) return undefined;
  const { place } = caught;
  const cause = lastOutcome(events, recorded === undefined ? events.length : recorded.eventId - 1);
  const where = recorded === undefined ? '' : `, where ${stepText(recorded)} was recorded`;
  return {
    code: 'R1010',
    severity: 'error',
    title: `workflow code threw${cause === undefined ? '' : ` after event ${cause.eventId} (${cause.eventType})`}, and caught the error`,
    place,
    placeLabel: 'thrown here',
    notes: [
      `after the error the code asks for ${stepText(now)}${where}`,
      'executions that have come this far would be stuck; those that have not would take the way of the error',
    ],
    help: ['handle the value that this history has, which code of today does not expect'],
    times: 1,
    message: caught.message,
  };
}

/** The error in a sentence, for where it may be the cause and may be none. */
export function noteOfCaught(found: Case): string[] {
  const caught = caughtBefore(found);
  if (caught === undefined) return [];
  const { message, place } = caught;
  return [`right before it the code caught ${message} at ${place.file}:${place.line}: if that is new, it is the cause`];
}

function caughtBefore({ asked, now, source }: Case): Caught | undefined {
  const caught = asked?.caught;
  if (caught === undefined || now === undefined || isClosingStep(now)) return undefined;
  const place = source.places(caught.stack)[0];
  return place === undefined ? undefined : { message: caught.message, place };
}

function isBorneOut({ edits, history, result }: Explanation): boolean {
  if (result.ending.kind !== 'fits') return false;
  const last = Math.max(...edits.map(anchorOf));
  const after = result.matches.filter(
    ({ event }) => (history.items[(event.eventId ?? 0) - 1]?.recorded?.eventId ?? 0) > last,
  );
  return after.length >= SURE_AFTER;
}
