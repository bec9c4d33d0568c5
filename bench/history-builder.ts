/** Histories that replay against `workflows/replay.ts`, in proto3 JSON, as a 1.31 server writes them. */
interface HistoryEvent {
  eventId: string;
  eventTime: string;
  eventType: string;
  taskId: string;
  [attributes: string]: unknown;
}

export interface History {
  events: HistoryEvent[];
}

const taskQueue = { name: 'bench', kind: 'TASK_QUEUE_KIND_NORMAL' };
const identity = '1@bench';
const runId = '01890000-0000-7000-8000-000000000001';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const payloads = (...values: unknown[]): object => ({
  payloads: values.map((value) => ({
    metadata: { encoding: base64('json/plain') },
    data: base64(JSON.stringify(value)),
  })),
});

class HistoryBuilder {
  readonly #events: HistoryEvent[] = [];
  #timeMs = Date.UTC(2026, 0, 1);
  #completedEventId = '0';

  constructor(workflowType: string, args: unknown[]) {
    this.#add('WORKFLOW_EXECUTION_STARTED', 'workflowExecutionStarted', {
      workflowType: { name: workflowType },
      taskQueue,
      input: payloads(...args),
      workflowTaskTimeout: '10s',
      originalExecutionRunId: runId,
      firstExecutionRunId: runId,
      identity,
      attempt: 1,
      workflowId: 'bench',
    });
  }

  /** Scheduled, started, completed. */
  workflowTask(): void {
    const isFirst = this.#completedEventId === '0';
    const scheduledEventId = this.#add('WORKFLOW_TASK_SCHEDULED', 'workflowTaskScheduled', {
      taskQueue,
      startToCloseTimeout: '10s',
      attempt: 1,
    });
    const startedEventId = this.#add('WORKFLOW_TASK_STARTED', 'workflowTaskStarted', { scheduledEventId, identity });
    this.#completedEventId = this.#add('WORKFLOW_TASK_COMPLETED', 'workflowTaskCompleted', {
      scheduledEventId,
      startedEventId,
      identity,
      sdkMetadata: isFirst ? { coreUsedFlags: [1, 2, 3], sdkName: 'temporal-typescript', sdkVersion: '1.24.0' } : {},
    });
  }

  activity(activityId: string, type: string, argument: unknown, result: unknown): void {
    const scheduledEventId = this.#add('ACTIVITY_TASK_SCHEDULED', 'activityTaskScheduled', {
      activityId,
      activityType: { name: type },
      taskQueue,
      input: payloads(argument),
      startToCloseTimeout: '60s',
      workflowTaskCompletedEventId: this.#completedEventId,
    });
    const startedEventId = this.#add('ACTIVITY_TASK_STARTED', 'activityTaskStarted', {
      scheduledEventId,
      identity,
      attempt: 1,
    });
    this.#add('ACTIVITY_TASK_COMPLETED', 'activityTaskCompleted', {
      result: payloads(result),
      scheduledEventId,
      startedEventId,
      identity,
    });
  }

  completed(result: unknown): History {
    this.#add('WORKFLOW_EXECUTION_COMPLETED', 'workflowExecutionCompleted', {
      result: payloads(result),
      workflowTaskCompletedEventId: this.#completedEventId,
    });
    return { events: this.#events };
  }

  #add(type: string, name: string, attributes: object): string {
    const eventId = String(this.#events.length + 1);
    this.#timeMs += 1;
    this.#events.push({
      eventId,
      eventTime: new Date(this.#timeMs).toISOString(),
      eventType: `EVENT_TYPE_${type}`,
      taskId: String(1_048_576 + this.#events.length),
      [`${name}EventAttributes`]: attributes,
    });
    return eventId;
  }
}

/** One activity. */
export function helloHistory(): History {
  const history = new HistoryBuilder('hello', ['World']);
  history.workflowTask();
  history.activity('1', 'greet', 'World', 'Hello, World!');
  history.workflowTask();
  return history.completed('Hello, World!');
}

/** `count` activities, one after the other: six events each. */
export function sequentialHistory(count: number): History {
  const history = new HistoryBuilder('sequential', [count]);
  history.workflowTask();
  for (let i = 0; i < count; i++) {
    history.activity(String(i + 1), 'step', i, i);
    history.workflowTask();
  }
  return history.completed((count * (count - 1)) / 2);
}
