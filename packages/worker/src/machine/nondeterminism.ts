/** What is said when code and history disagree. Mismatches are values; inside the machine they travel as MismatchError. */
import type { Intent } from '@reprise/workflow/runtime';
import { eventTypeName, showEvent, type HistoryEvent } from './event-type.ts';

export type MismatchCode =
  /** History has an event for which the code asked for nothing. */
  | 'no-command'
  /** The code asked for something of another kind. */
  | 'wrong-command'
  /** Same kind, other id or type. */
  | 'identity'
  /** A marker of a patch that the code no longer mentions. */
  | 'patch-removed'
  /** The code asked for more than the completed task recorded (strict only). */
  | 'leftover-command'
  /** The code referred to a timer, activity, ... that it never made. */
  | 'unknown-seq'
  /** The history itself is not one that a server writes. */
  | 'invalid-history';

/** The recorded side: an event, with the names that a reader knows it by. */
export interface RecordedSide {
  eventId: number;
  /** Short name, such as `ActivityTaskScheduled`. */
  eventType: string;
  /** Activity type, child type, signal name, patch id or the like. */
  name?: string;
  /** Activity id, timer id, workflow id or the like. */
  id?: string;
  event: HistoryEvent;
}

/** The side of the code as it is now. */
export interface NowSide {
  intent: Intent['kind'];
  name?: string;
  id?: string;
  /** The raw stack where workflow code asked; unmapped. */
  place?: string;
  asked: Intent;
}

export interface Mismatch {
  code: MismatchCode;
  /** The text that users of the published SDK know, with its prefix. */
  message: string;
  recorded?: RecordedSide;
  now?: NowSide;
  /** The last that the code asked for before `now`, and took back before it was sent: it took a number all the same. */
  takenBack?: NowSide;
}

export class MismatchError extends Error {
  override readonly name = 'MismatchError';
  readonly mismatch: Mismatch;
  constructor(mismatch: Mismatch) {
    super(mismatch.message);
    this.mismatch = mismatch;
  }
}

/** Ends the current step with a mismatch. `text` comes without the prefix. */
export function mismatch(
  code: MismatchCode,
  text: string,
  sides: { event?: HistoryEvent | undefined; intent?: Intent | undefined; takenBack?: Intent | undefined } = {},
): never {
  const prefix =
    code === 'invalid-history' ? 'Fatal error in workflow machines: ' : '[TMPRL1100] Nondeterminism error: ';
  throw new MismatchError({
    code,
    message: prefix + text,
    ...(sides.event === undefined ? {} : { recorded: recordedSide(sides.event) }),
    ...(sides.intent === undefined ? {} : { now: nowSide(sides.intent) }),
    ...(sides.takenBack === undefined ? {} : { takenBack: nowSide(sides.takenBack) }),
  });
}

export function doesNotHandle(label: string, event: HistoryEvent, intent: Intent): never {
  const text = label.endsWith('Machine')
    ? `${label} does not handle ${showEvent(event)}`
    : `${label} machine does not handle this event: ${showEvent(event)}`;
  return mismatch('wrong-command', text, { event, intent });
}

export function recordedSide(event: HistoryEvent): RecordedSide {
  const side: RecordedSide = { eventId: event.eventId ?? 0, eventType: eventTypeName(event.eventType), event };
  const { name, id } = labelsOf(event);
  if (name) side.name = name;
  if (id) side.id = id;
  return side;
}

function labelsOf(event: HistoryEvent): { name?: string | null | undefined; id?: string | null | undefined } {
  const activity = event.activityTaskScheduledEventAttributes;
  if (activity) return { name: activity.activityType?.name, id: activity.activityId };
  const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
  if (child) return { name: child.workflowType?.name, id: child.workflowId };
  const signal = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
  if (signal) return { name: signal.signalName, id: signal.workflowExecution?.workflowId };
  const timer = event.timerStartedEventAttributes ?? event.timerCanceledEventAttributes;
  if (timer) return { id: timer.timerId };
  const marker = event.markerRecordedEventAttributes;
  if (marker) return { name: marker.markerName };
  const nexus = event.nexusOperationScheduledEventAttributes;
  if (nexus) return { name: `${nexus.service ?? ''}.${nexus.operation ?? ''}` };
  const update = event.workflowExecutionUpdateAcceptedEventAttributes;
  if (update) return { name: update.acceptedRequest?.input?.name, id: update.protocolInstanceId };
  return {};
}

export function nowSide(intent: Intent): NowSide {
  const side: NowSide = { intent: intent.kind, asked: intent };
  const name = nameOf(intent);
  const id = idOf(intent);
  if (name !== undefined) side.name = name;
  if (id !== undefined) side.id = id;
  if (intent.place !== undefined) side.place = intent.place;
  return side;
}

function nameOf(intent: Intent): string | undefined {
  switch (intent.kind) {
    case 'scheduleActivity':
    case 'scheduleLocalActivity':
      return intent.activityType;
    case 'startChild':
    case 'continueAsNew':
      return intent.workflowType;
    case 'signalExternal':
      return intent.signalName;
    case 'setPatchMarker':
      return intent.patchId;
    case 'scheduleNexusOperation':
      return `${intent.service}.${intent.operation}`;
    default:
      return undefined;
  }
}

function idOf(intent: Intent): string | undefined {
  switch (intent.kind) {
    case 'scheduleActivity':
    case 'scheduleLocalActivity':
      return intent.activityId;
    case 'startChild':
      return intent.workflowId;
    case 'signalExternal':
    case 'cancelExternal':
      return intent.target.workflowId;
    case 'acceptUpdate':
    case 'rejectUpdate':
    case 'completeUpdate':
      return intent.id;
    default:
      return 'seq' in intent ? String(intent.seq) : undefined;
  }
}
