/**
 * What no server writes, however open the history is: events without what their type needs, that refer to nothing, or that
 * end what has ended. Such a history would judge code by what never happened.
 */
import { EventType } from '@reprise/worker/replay';

import type { HistoryEvent } from './recorded-history.ts';

type Attributes = Readonly<Record<string, unknown>>;

interface Requirement {
  /** Fields that are never empty. */
  readonly fields?: readonly string[];
  /** The field that names the event which this one follows up on, and what that must be. */
  readonly refers?: readonly [field: string, type: string];
  /** It ends what it refers to: nothing else may. */
  readonly ends?: true;
}

const activityEnd: Requirement = { refers: ['scheduledEventId', 'activityTaskScheduled'], ends: true };
const childEnd: Requirement = { refers: ['initiatedEventId', 'startChildWorkflowExecutionInitiated'], ends: true };
const nexusEnd: Requirement = { refers: ['scheduledEventId', 'nexusOperationScheduled'], ends: true };
const signalEnd: Requirement = { refers: ['initiatedEventId', 'signalExternalWorkflowExecutionInitiated'], ends: true };
const cancelEnd: Requirement = {
  refers: ['initiatedEventId', 'requestCancelExternalWorkflowExecutionInitiated'],
  ends: true,
};

/** By the name of the attributes, without `EventAttributes`. */
const REQUIREMENTS: Readonly<Record<string, Requirement>> = {
  workflowTaskStarted: { refers: ['scheduledEventId', 'workflowTaskScheduled'] },
  workflowTaskCompleted: { refers: ['startedEventId', 'workflowTaskStarted'], ends: true },
  activityTaskScheduled: { fields: ['activityType.name'] },
  activityTaskStarted: { refers: ['scheduledEventId', 'activityTaskScheduled'] },
  activityTaskCompleted: activityEnd,
  activityTaskFailed: activityEnd,
  activityTaskTimedOut: activityEnd,
  activityTaskCanceled: activityEnd,
  activityTaskCancelRequested: { refers: ['scheduledEventId', 'activityTaskScheduled'] },
  timerStarted: { fields: ['timerId'] },
  timerFired: { refers: ['startedEventId', 'timerStarted'], ends: true },
  timerCanceled: { refers: ['startedEventId', 'timerStarted'], ends: true },
  markerRecorded: { fields: ['markerName'] },
  workflowExecutionSignaled: { fields: ['signalName'] },
  startChildWorkflowExecutionInitiated: { fields: ['workflowType.name'] },
  startChildWorkflowExecutionFailed: childEnd,
  childWorkflowExecutionStarted: { refers: ['initiatedEventId', 'startChildWorkflowExecutionInitiated'] },
  childWorkflowExecutionCompleted: childEnd,
  childWorkflowExecutionFailed: childEnd,
  childWorkflowExecutionCanceled: childEnd,
  childWorkflowExecutionTimedOut: childEnd,
  childWorkflowExecutionTerminated: childEnd,
  externalWorkflowExecutionSignaled: signalEnd,
  signalExternalWorkflowExecutionFailed: signalEnd,
  externalWorkflowExecutionCancelRequested: cancelEnd,
  requestCancelExternalWorkflowExecutionFailed: cancelEnd,
  nexusOperationStarted: { refers: ['scheduledEventId', 'nexusOperationScheduled'] },
  nexusOperationCompleted: nexusEnd,
  nexusOperationFailed: nexusEnd,
  nexusOperationCanceled: nexusEnd,
  nexusOperationTimedOut: nexusEnd,
};

interface Rule extends Requirement {
  readonly attributesName: `${string}EventAttributes`;
  /** The type of event that it refers to. */
  readonly referredType: number | undefined;
}

const TYPES = Object.entries(EventType).map(([name, number]) => ({ name: lowerFirst(name), number }));

const RULES: ReadonlyMap<number, Rule> = new Map(
  TYPES.flatMap(({ name, number }) => {
    const requirement = REQUIREMENTS[name];
    if (requirement === undefined) return [];
    const referredType = TYPES.find((type) => type.name === requirement.refers?.[1])?.number;
    return [[number, { ...requirement, attributesName: `${name}EventAttributes`, referredType }]];
  }),
);

/** The first problem, as a sentence about the event, which `show` names. */
export function findBrokenEvent(
  events: readonly HistoryEvent[],
  show: (event: HistoryEvent) => string,
): string | undefined {
  const endedBy = new Map<number, HistoryEvent>();
  for (const event of events) {
    const rule = RULES.get(event.eventType ?? 0);
    const problem = rule === undefined ? undefined : brokenRule(rule, event, { events, endedBy, show });
    if (problem !== undefined) return `${show(event)} ${problem}`;
  }
  return undefined;
}

interface Surroundings {
  readonly events: readonly HistoryEvent[];
  readonly endedBy: Map<number, HistoryEvent>;
  readonly show: (event: HistoryEvent) => string;
}

function brokenRule(rule: Rule, event: HistoryEvent, { events, endedBy, show }: Surroundings): string | undefined {
  const { attributesName, fields, refers, referredType, ends } = rule;
  const attributes = (event as Attributes)[attributesName] as Attributes | null | undefined;
  if (attributes === undefined || attributes === null) return `has no ${attributesName}`;
  const missing = fields?.find((field) => !fieldOf(attributes, field));
  if (missing !== undefined) return `has no ${missing}`;
  if (refers === undefined) return undefined;
  const [field] = refers;
  const target = attributes[field];
  const found = typeof target === 'number' ? events[target - 1] : undefined;
  if (found === undefined || found.eventType !== referredType || (found.eventId ?? 0) >= (event.eventId ?? 0)) {
    const named = found === undefined ? `event ${String(target ?? 'nothing')}, which is not there` : show(found);
    return `follows up on ${named} (${field})`;
  }
  if (ends !== true) return undefined;
  const other = endedBy.get(Number(target));
  if (other !== undefined) return `ends ${show(found)}, which ${show(other)} has ended already`;
  endedBy.set(Number(target), event);
  return undefined;
}

function fieldOf(attributes: Attributes, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Attributes | null | undefined)?.[key], attributes);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
