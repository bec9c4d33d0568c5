/** A recorded execution of the workflow of a new project, so that its first change is held against something. */
const EVENTS = [
  {
    eventId: '1',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
    workflowExecutionStartedEventAttributes: {
      workflowType: { name: 'greet' },
      taskQueue: { name: 'greetings' },
      input: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'IldvcmxkIg==' }] },
      originalExecutionRunId: '5b1f0c9e-6d0b-4b67-9a51-0f3b3c1f7d10',
      firstExecutionRunId: '5b1f0c9e-6d0b-4b67-9a51-0f3b3c1f7d10',
      attempt: 1,
      workflowId: 'greet-1',
    },
  },
  {
    eventId: '2',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED',
    workflowTaskScheduledEventAttributes: { taskQueue: { name: 'greetings' }, startToCloseTimeout: '10s', attempt: 1 },
  },
  {
    eventId: '3',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_STARTED',
    workflowTaskStartedEventAttributes: { scheduledEventId: '2' },
  },
  {
    eventId: '4',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
    workflowTaskCompletedEventAttributes: {
      scheduledEventId: '2',
      startedEventId: '3',
      sdkMetadata: { coreUsedFlags: [1, 2, 3], sdkName: 'reprise', sdkVersion: '0.1.0' },
    },
  },
  {
    eventId: '5',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
    activityTaskScheduledEventAttributes: {
      activityId: '1',
      activityType: { name: 'greeting' },
      taskQueue: { name: 'greetings' },
      input: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'IldvcmxkIg==' }] },
      startToCloseTimeout: '10s',
      workflowTaskCompletedEventId: '4',
    },
  },
  {
    eventId: '6',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_ACTIVITY_TASK_STARTED',
    activityTaskStartedEventAttributes: { scheduledEventId: '5', attempt: 1 },
  },
  {
    eventId: '7',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_ACTIVITY_TASK_COMPLETED',
    activityTaskCompletedEventAttributes: {
      result: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'IkhlbGxvLCBXb3JsZCEi' }] },
      scheduledEventId: '5',
      startedEventId: '6',
    },
  },
  {
    eventId: '8',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED',
    workflowTaskScheduledEventAttributes: { taskQueue: { name: 'greetings' }, startToCloseTimeout: '10s', attempt: 1 },
  },
  {
    eventId: '9',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_STARTED',
    workflowTaskStartedEventAttributes: { scheduledEventId: '8' },
  },
  {
    eventId: '10',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
    workflowTaskCompletedEventAttributes: { scheduledEventId: '8', startedEventId: '9' },
  },
  {
    eventId: '11',
    eventTime: '2026-01-05T09:00:00Z',
    eventType: 'EVENT_TYPE_TIMER_STARTED',
    timerStartedEventAttributes: { timerId: '1', startToFireTimeout: '1s', workflowTaskCompletedEventId: '10' },
  },
  {
    eventId: '12',
    eventTime: '2026-01-05T09:00:01Z',
    eventType: 'EVENT_TYPE_TIMER_FIRED',
    timerFiredEventAttributes: { timerId: '1', startedEventId: '11' },
  },
  {
    eventId: '13',
    eventTime: '2026-01-05T09:00:01Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED',
    workflowTaskScheduledEventAttributes: { taskQueue: { name: 'greetings' }, startToCloseTimeout: '10s', attempt: 1 },
  },
  {
    eventId: '14',
    eventTime: '2026-01-05T09:00:01Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_STARTED',
    workflowTaskStartedEventAttributes: { scheduledEventId: '13' },
  },
  {
    eventId: '15',
    eventTime: '2026-01-05T09:00:01Z',
    eventType: 'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
    workflowTaskCompletedEventAttributes: { scheduledEventId: '13', startedEventId: '14' },
  },
  {
    eventId: '16',
    eventTime: '2026-01-05T09:00:01Z',
    eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
    workflowExecutionCompletedEventAttributes: {
      result: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'IkhlbGxvLCBXb3JsZCEi' }] },
      workflowTaskCompletedEventId: '15',
    },
  },
];

/** As JSON, an event a line. */
export const GREET_HISTORY = `{"events":[\n${EVENTS.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
