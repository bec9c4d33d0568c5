import type { HistoryEvent } from '@reprise/worker/replay';

import { attributesNameOf } from '../probe/edited-history.ts';
import type { Case } from './case.ts';
import type { SourcePlace } from './finding.ts';
import type { SourceLookup } from './source-lookup.ts';
import { stepText } from './step-text.ts';
import { recordedStep } from './step.ts';

/** What the recorded run waited for, in words, and where the code of today asks for it. */
export interface WaitedFor {
  readonly text: string;
  /** What it was waited for. */
  readonly until: 'end' | 'arrival';
  readonly place: SourcePlace | undefined;
}

/** What an event told the run: how a step came out, or that a signal came. Undefined for what nobody waits for. */
export function waitedFor(event: HistoryEvent | undefined, found: Case): WaitedFor | undefined {
  if (event === undefined) return undefined;
  const signal = event.workflowExecutionSignaledEventAttributes?.signalName;
  if (signal) return { text: `signal \`${signal}\``, until: 'arrival', place: undefined };
  const command = commandOf(event, found.events);
  const step = command === undefined ? undefined : recordedStep(command);
  if (command === undefined || step === undefined) return undefined;
  return { text: stepText(step), until: 'end', place: placeOf(command, found) };
}

/** The event of the command that an event is the outcome of. */
function commandOf(event: HistoryEvent, events: readonly HistoryEvent[]): HistoryEvent | undefined {
  const name = attributesNameOf(event);
  const { scheduledEventId, initiatedEventId, startedEventId } = (name === undefined ? {} : (event[name] ?? {})) as {
    [reference: string]: unknown;
  };
  const id = [scheduledEventId, initiatedEventId, startedEventId].find((each) => typeof each === 'number' && each > 0);
  return typeof id === 'number' ? events[id - 1] : undefined;
}

function placeOf(command: HistoryEvent, { explanation: { history, result }, source }: Case): SourcePlace | undefined {
  const match = result.matches.find(({ event }) => history.items[(event.eventId ?? 0) - 1]?.key === command.eventId);
  return source.place(match?.intent.place);
}

/** Whether a call stands for itself: nothing awaits it where it is made, and it is not one of a list. */
export function isLeftAlone({ file, line, column }: SourcePlace, { text }: Pick<SourceLookup, 'text'>): boolean {
  const whole = text(file)?.split('\n')[line - 1] ?? '';
  const isStatement = /^\s*(?:void\s+|(?:(?:const|let|var)\s+)?[\w$.]+(?::[^=]*)?\s*=\s*)?(?:[\w$]+\.)*$/.test(
    whole.slice(0, column - 1),
  );
  return isStatement && !/,\s*$/.test(whole);
}
