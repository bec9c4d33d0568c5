import type { HistoryEvent } from '@reprise/worker/replay';

import type { Case } from './case.ts';
import { escaped, wordPattern } from './escaped.ts';
import type { RecordedStep } from './finding.ts';
import { recordedSide } from './sides.ts';
import type { Step } from './step.ts';

type Known = Pick<Case, 'events' | 'source' | 'recorded' | 'handled'>;

/** A signal that nothing handles any more, where the code waits on, or begins to wait. */
export function waitedForSignal(found: Case): RecordedStep | undefined {
  const { now, source } = found;
  const line = now?.place === undefined ? '' : (source.text(now.place.file)?.split('\n')[now.place.line - 1] ?? '');
  const waits = now === undefined || (now.kind === 'timer' && /\bcondition\s*[(<]/.test(line));
  return waits ? unheardSignal(found) : undefined;
}

/** The last signal before the difference that the code has no handler for: what it waits for does not come. */
function unheardSignal({ events, recorded, ...known }: Known): RecordedStep | undefined {
  const before = events.slice(0, (recorded?.eventId ?? events.length + 1) - 1);
  const event = before.findLast(({ workflowExecutionSignaledEventAttributes: signaled }) => {
    const name = signaled?.signalName;
    return name ? !hasSignalHandler(name, known) : false;
  });
  return event === undefined ? undefined : recordedSide(event);
}

function hasSignalHandler(name: string, { source, handled }: Pick<Known, 'source' | 'handled'>): boolean {
  if (source.mentions(/\bsetDefaultSignalHandler\b/)) return true;
  if (handled !== undefined) return handled.signals.includes(name);
  // A variable may be called what the signal was called: its name is what stands in quotes.
  return source.mentions(new RegExp(`(['"\`])${escaped(name)}\\1`));
}

function hasUpdateHandler(name: string, { source, handled }: Pick<Known, 'source' | 'handled'>): boolean {
  if (source.mentions(/\bsetDefaultUpdateHandler\b/)) return true;
  return handled?.updates.includes(name) ?? source.mentions(wordPattern(name));
}

/** Signals and updates that history has before the difference and the code has no handler for. */
export function unheardMessages({ events, recorded, ...known }: Known): string[] {
  const names = new Map<string, string>();
  const before = events.slice(0, (recorded?.eventId ?? events.length + 1) - 1);
  for (const event of before) {
    const signal = event.workflowExecutionSignaledEventAttributes?.signalName;
    if (signal && !hasSignalHandler(signal, known)) names.set(signal, 'signal');
    const update = updateOf(event);
    if (update !== undefined && !hasUpdateHandler(update, known)) names.set(update, 'update');
  }
  return [...names].map(
    ([name, kind]) =>
      `the code has no handler for the ${kind} \`${name}\`, which this history has: is it gone, or set later?`,
  );
}

function updateOf(event: HistoryEvent): string | undefined {
  return event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name || undefined;
}

/** The one message of its sort that the code has a handler for and the history does not have. */
export function renamedMessage({ events, handled }: Pick<Case, 'events' | 'handled'>, was: Step): string | undefined {
  if (handled === undefined || (was.kind !== 'signaled' && was.kind !== 'updateAccepted')) return undefined;
  const isSignal = was.kind === 'signaled';
  const recorded = new Set(
    events.map((event) => (isSignal ? event.workflowExecutionSignaledEventAttributes?.signalName : updateOf(event))),
  );
  const others = (isSignal ? handled.signals : handled.updates).filter((name) => !recorded.has(name));
  return others.length === 1 ? others[0] : undefined;
}
