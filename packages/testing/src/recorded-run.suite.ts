/** Writes histories as a server would, for tests that need one of a certain form. */

interface JsonEvent {
  eventId: string;
  eventTime: string;
  eventType: string;
  [attributes: string]: unknown;
}

const TIME = '2026-01-31T12:00:00Z';
const RUN_ID = '01a202c6-53c4-7423-ad62-ef5e50267dcd';

export interface RecordedRunOptions {
  workflowType?: string;
  workflowId?: string;
  input?: unknown;
}

/** A run in the making: each call adds what the server would have recorded. */
export class RecordedRun {
  readonly #events: JsonEvent[] = [];
  #activities = 0;
  #timers = 0;

  constructor({ workflowType = 'order', workflowId = 'order-1', input = { id: 1 } }: RecordedRunOptions = {}) {
    this.#add('WORKFLOW_EXECUTION_STARTED', 'workflowExecutionStarted', {
      workflowType: { name: workflowType },
      workflowId,
      originalExecutionRunId: RUN_ID,
      taskQueue: { name: 'orders' },
      input: payloads(input),
      attempt: 1,
    });
  }

  /** A workflow task that was completed. */
  task(): this {
    const scheduledEventId = this.#add('WORKFLOW_TASK_SCHEDULED', 'workflowTaskScheduled', {});
    const startedEventId = this.#add('WORKFLOW_TASK_STARTED', 'workflowTaskStarted', { scheduledEventId });
    this.#add('WORKFLOW_TASK_COMPLETED', 'workflowTaskCompleted', {
      scheduledEventId,
      startedEventId,
      sdkMetadata: { coreUsedFlags: [1, 2, 3], sdkName: 'temporal-typescript', sdkVersion: '1.24.0' },
    });
    return this;
  }

  /** A workflow task that is under way. */
  openTask(): this {
    const scheduledEventId = this.#add('WORKFLOW_TASK_SCHEDULED', 'workflowTaskScheduled', {});
    this.#add('WORKFLOW_TASK_STARTED', 'workflowTaskStarted', { scheduledEventId });
    return this;
  }

  /** A workflow task that nobody has started yet. */
  dueTask(): this {
    this.#add('WORKFLOW_TASK_SCHEDULED', 'workflowTaskScheduled', {});
    return this;
  }

  activity(name: string, input: unknown, result: unknown): this {
    const scheduledEventId = this.#add('ACTIVITY_TASK_SCHEDULED', 'activityTaskScheduled', {
      activityId: String(++this.#activities),
      activityType: { name },
      input: payloads(input),
      taskQueue: { name: 'orders' },
      startToCloseTimeout: '10s',
    });
    const startedEventId = this.#add('ACTIVITY_TASK_STARTED', 'activityTaskStarted', { scheduledEventId, attempt: 1 });
    this.#add('ACTIVITY_TASK_COMPLETED', 'activityTaskCompleted', {
      scheduledEventId,
      startedEventId,
      result: payloads(result),
    });
    return this;
  }

  timer(duration: string): this {
    const startedEventId = this.#startTimer(duration);
    const timerId = String(this.#timers);
    this.#add('TIMER_FIRED', 'timerFired', { timerId, startedEventId });
    return this;
  }

  /** A timer that is still to fire. */
  runningTimer(duration: string): this {
    this.#startTimer(duration);
    return this;
  }

  /** A timer that was cancelled in the task that asked for it: history has nothing of it but the number that it took. */
  withdrawnTimer(): this {
    this.#timers++;
    return this;
  }

  child(workflowType: string, workflowId: string, result: unknown): this {
    const about = { workflowType: { name: workflowType }, workflowExecution: { workflowId, runId: RUN_ID } };
    const initiatedEventId = this.#add(
      'START_CHILD_WORKFLOW_EXECUTION_INITIATED',
      'startChildWorkflowExecutionInitiated',
      { workflowId, workflowType: { name: workflowType }, input: payloads({ id: 1 }) },
    );
    const started = { ...about, initiatedEventId };
    const startedEventId = this.#add('CHILD_WORKFLOW_EXECUTION_STARTED', 'childWorkflowExecutionStarted', started);
    this.task();
    this.#add('CHILD_WORKFLOW_EXECUTION_COMPLETED', 'childWorkflowExecutionCompleted', {
      ...started,
      startedEventId,
      result: payloads(result),
    });
    return this;
  }

  patch(id: string): this {
    this.patchMarker(id);
    this.#add('UPSERT_WORKFLOW_SEARCH_ATTRIBUTES', 'upsertWorkflowSearchAttributes', {
      searchAttributes: { indexedFields: { TemporalChangeVersion: payloads([id]).payloads[0] } },
    });
    return this;
  }

  /** As written before the list of patches became a search attribute. */
  patchMarker(id: string): this {
    this.#add('MARKER_RECORDED', 'markerRecorded', {
      markerName: 'core_patch',
      details: { 'patch-data': payloads({ id, deprecated: false }) },
    });
    return this;
  }

  memo(fields: Readonly<Record<string, unknown>>): this {
    const upserted = Object.entries(fields).map(([key, value]) => [key, payloads(value).payloads[0]]);
    this.#add('WORKFLOW_PROPERTIES_MODIFIED', 'workflowPropertiesModified', {
      upsertedMemo: { fields: Object.fromEntries(upserted) },
    });
    return this;
  }

  signal(signalName: string): this {
    this.#add('WORKFLOW_EXECUTION_SIGNALED', 'workflowExecutionSignaled', { signalName });
    return this;
  }

  completed(result: unknown): object {
    this.#add('WORKFLOW_EXECUTION_COMPLETED', 'workflowExecutionCompleted', { result: payloads(result) });
    return this.history();
  }

  continuedAsNew(input: unknown): object {
    this.#add('WORKFLOW_EXECUTION_CONTINUED_AS_NEW', 'workflowExecutionContinuedAsNew', {
      workflowType: { name: 'order' },
      taskQueue: { name: 'orders' },
      input: payloads(input),
    });
    return this.history();
  }

  /** Proto3 JSON, as it stands. */
  history(): object {
    return { events: this.#events };
  }

  #startTimer(duration: string): string {
    const timerId = String(++this.#timers);
    return this.#add('TIMER_STARTED', 'timerStarted', { timerId, startToFireTimeout: duration });
  }

  #add(type: string, attributesName: string, attributes: object): string {
    const eventId = String(this.#events.length + 1);
    this.#events.push({
      eventId,
      eventTime: TIME,
      eventType: `EVENT_TYPE_${type}`,
      [`${attributesName}EventAttributes`]: attributes,
    });
    return eventId;
  }
}

function payloads(value: unknown): { payloads: object[] } {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return { payloads: [{ metadata: { encoding: base64('json/plain') }, data: base64(JSON.stringify(value)) }] };
}
