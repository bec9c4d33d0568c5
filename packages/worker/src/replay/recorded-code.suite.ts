/** Stands for workflow code that asks for exactly what a history recorded: it answers each activation from the events. */
import { decodeUtf8 } from '@reprise/common';
import type { Activation, Completion, Intent } from '@reprise/workflow/runtime';
import type { Isolate } from '../isolate/isolate.ts';
import { EventType, isCommandEvent, type HistoryEvent } from '../machine/event-type.ts';
import { isChangeVersionUpsert } from '../machine/markers.ts';

export class RecordedCode implements Isolate {
  readonly liveRuns = 0;
  readonly #events: readonly HistoryEvent[];
  /** Seqs by the event that began the thing. */
  readonly #seqs = new Map<number, number>();
  #answeredUpTo = 0;
  #activities = 0;
  #others = 0;

  constructor(events: readonly HistoryEvent[]) {
    this.#events = events;
  }

  create(): void {
    this.#answeredUpTo = 0;
  }
  release(): void {
    this.#seqs.clear();
  }
  dispose(): void {
    this.#seqs.clear();
  }
  heapUsedBytes(): number {
    return 0;
  }

  activate(_runKey: string, { historyLength }: Activation): Completion {
    if (historyLength <= this.#answeredUpTo) return { status: 'completed', intents: [], usedFlags: [], sinkCalls: [] };
    this.#answeredUpTo = historyLength;
    const completed = this.#events.findIndex(
      (event) => (event.eventId ?? 0) > historyLength && event.eventType === EventType.WorkflowTaskCompleted,
    );
    const intents: Intent[] = [];
    for (let i = completed + 1; completed >= 0 && i < this.#events.length; i++) {
      const event = this.#events[i];
      if (event === undefined || !isCommandEvent(event)) break;
      const intent = this.#intentOf(event);
      if (intent !== undefined) intents.push(intent);
    }
    return { status: 'completed', intents, usedFlags: [], sinkCalls: [] };
  }

  #begin(event: HistoryEvent, seq: number): number {
    this.#seqs.set(event.eventId ?? 0, seq);
    return seq;
  }

  #seqOf(eventId: number | null | undefined): number {
    return this.#seqs.get(eventId ?? 0) ?? 0;
  }

  #intentOf(event: HistoryEvent): Intent | undefined {
    return this.#activityIntent(event) ?? this.#otherIntent(event) ?? closingIntent(event);
  }

  #activityIntent(event: HistoryEvent): Intent | undefined {
    const cancellation = 'WAIT_CANCELLATION_COMPLETED' as const;
    const common = { args: [], headers: {}, cancellation };
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      const seq = this.#begin(event, ++this.#activities);
      const { activityId, activityType } = scheduled;
      return {
        kind: 'scheduleActivity',
        seq,
        activityId: activityId ?? '',
        activityType: activityType?.name ?? '',
        ...common,
      };
    }
    const canceled = event.activityTaskCancelRequestedEventAttributes;
    if (canceled) return { kind: 'cancelActivity', seq: this.#seqOf(canceled.scheduledEventId) };
    const marker = event.markerRecordedEventAttributes;
    const data = marker?.details?.['data']?.payloads?.[0]?.data;
    if (marker?.markerName === 'core_local_activity' && data) {
      const { seq, attempt, activity_id, activity_type } = JSON.parse(decodeUtf8(data) ?? '') as LocalMarker;
      const what = { seq, attempt, activityId: activity_id, activityType: activity_type };
      this.#activities = Math.max(this.#activities, seq);
      return { kind: 'scheduleLocalActivity', ...what, ...common };
    }
    const patch = marker?.details?.['patch-data']?.payloads?.[0]?.data;
    if (!patch) return undefined;
    const { id, deprecated } = JSON.parse(decodeUtf8(patch) ?? '') as { id: string; deprecated: boolean };
    return { kind: 'setPatchMarker', patchId: id, deprecated };
  }

  #otherIntent(event: HistoryEvent): Intent | undefined {
    const timer = event.timerStartedEventAttributes;
    if (timer) return { kind: 'startTimer', seq: this.#begin(event, Number(timer.timerId)), delayMs: 1 };
    const canceled = event.timerCanceledEventAttributes;
    if (canceled) return { kind: 'cancelTimer', seq: this.#seqOf(canceled.startedEventId) };
    const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
    if (child) {
      const seq = this.#begin(event, ++this.#others);
      const { workflowId, workflowType } = child;
      const what = { workflowId: workflowId ?? '', workflowType: workflowType?.name ?? '', args: [], headers: {} };
      return { kind: 'startChild', seq, ...what, cancellation: 'WAIT_CANCELLATION_COMPLETED' };
    }
    const signal = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
    if (signal) {
      const target = { workflowId: signal.workflowExecution?.workflowId ?? '', childOnly: false };
      const what = { signalName: signal.signalName ?? '', args: [], headers: {} };
      return { kind: 'signalExternal', seq: this.#begin(event, ++this.#others), target, ...what };
    }
    const cancel = event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes;
    if (cancel) {
      const target = { workflowId: cancel.workflowExecution?.workflowId ?? '' };
      return { kind: 'cancelExternal', seq: this.#begin(event, ++this.#others), target };
    }
    return messageIntent(event);
  }
}

interface LocalMarker {
  seq: number;
  attempt: number;
  activity_id: string;
  activity_type: string;
}

function messageIntent(event: HistoryEvent): Intent | undefined {
  const accepted = event.workflowExecutionUpdateAcceptedEventAttributes;
  if (accepted) return { kind: 'acceptUpdate', id: accepted.protocolInstanceId ?? '' };
  const completed = event.workflowExecutionUpdateCompletedEventAttributes;
  if (completed) return { kind: 'completeUpdate', id: completed.meta?.updateId ?? '' };
  if (event.workflowPropertiesModifiedEventAttributes) return { kind: 'modifyProperties', memo: {} };
  const isUpsert = event.upsertWorkflowSearchAttributesEventAttributes && !isChangeVersionUpsert(event);
  return isUpsert ? { kind: 'upsertSearchAttributes', searchAttributes: {} } : undefined;
}

function closingIntent({ eventType }: HistoryEvent): Intent | undefined {
  switch (eventType) {
    case EventType.WorkflowExecutionCompleted:
      return { kind: 'completeWorkflow' };
    case EventType.WorkflowExecutionFailed:
      return { kind: 'failWorkflow', failure: {} };
    case EventType.WorkflowExecutionCanceled:
      return { kind: 'cancelWorkflow' };
    case EventType.WorkflowExecutionContinuedAsNew:
      return { kind: 'continueAsNew', workflowType: '', args: [], headers: {} };
    default:
      return undefined;
  }
}
