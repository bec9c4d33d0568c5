/** Commands that workflow code might ask for, sound ones and others, in no sensible order. */
import { CommandType, type temporal } from '@reprise/proto';
import type { Random } from '../system/random.ts';

type Command = temporal.api.command.v1.Command;
type HistoryEvent = temporal.api.history.v1.HistoryEvent;

export const taskQueue = { name: 'queue' };
const second = { seconds: 1 };
const payload = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"blue"') };
const payloads = { payloads: [payload] };
const execution = (random: Random) => ({ workflowId: `workflow-${Math.floor(random.fraction() * 5)}` });

export const pick = <Item>(random: Random, items: readonly [Item, ...Item[]]): Item =>
  items[Math.floor(random.fraction() * items.length)] ?? items[0];

/** Ids are few, so that they are met again. */
const anId = (random: Random): string => pick(random, ['a', 'b', 'c', 'd']);

const closing: readonly [() => Command, ...(() => Command)[]] = [
  () => ({
    commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
    completeWorkflowExecutionCommandAttributes: { result: payloads },
  }),
  () => ({
    commandType: CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
    failWorkflowExecutionCommandAttributes: { failure: { message: 'no', applicationFailureInfo: {} } },
  }),
  () => ({
    commandType: CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION,
    cancelWorkflowExecutionCommandAttributes: {},
  }),
  () => ({
    commandType: CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
    continueAsNewWorkflowExecutionCommandAttributes: { workflowType: { name: 'random' }, taskQueue },
  }),
];

type Maker = (random: Random, events: readonly HistoryEvent[]) => Command;
const other: readonly [Maker, ...Maker[]] = [
  (random) => ({
    commandType: CommandType.COMMAND_TYPE_START_TIMER,
    startTimerCommandAttributes: {
      timerId: anId(random),
      startToFireTimeout: { seconds: Math.floor(random.fraction() * 9) },
    },
  }),
  (random) => ({
    commandType: CommandType.COMMAND_TYPE_CANCEL_TIMER,
    cancelTimerCommandAttributes: { timerId: anId(random) },
  }),
  (random) => ({
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId: anId(random),
      activityType: { name: 'step' },
      taskQueue,
      startToCloseTimeout: { seconds: pick(random, [1, 5]) },
      ...(random.fraction() < 0.3 ? { scheduleToCloseTimeout: { seconds: 6 } } : {}),
      ...(random.fraction() < 0.3 ? { scheduleToStartTimeout: { seconds: 2 } } : {}),
      ...(random.fraction() < 0.3 ? { heartbeatTimeout: second } : {}),
      retryPolicy: { initialInterval: second, maximumAttempts: pick(random, [0, 1, 3]) },
    },
  }),
  (random, events) => ({
    commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK,
    requestCancelActivityTaskCommandAttributes: {
      scheduledEventId: pick(random, [
        0,
        ...events.flatMap((event) => (event.activityTaskScheduledEventAttributes ? [event.eventId ?? 0] : [])),
      ]),
    },
  }),
  () => ({
    commandType: CommandType.COMMAND_TYPE_RECORD_MARKER,
    recordMarkerCommandAttributes: { markerName: 'marker', details: { data: payloads } },
  }),
  (random) => ({
    commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
    upsertWorkflowSearchAttributesCommandAttributes: {
      searchAttributes: { indexedFields: { [pick(random, ['Colour', 'Colour', 'Unknown'])]: payload } },
    },
  }),
  (random) => ({
    commandType: CommandType.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES,
    modifyWorkflowPropertiesCommandAttributes: { upsertedMemo: { fields: { [anId(random)]: payload } } },
  }),
  (random) => ({
    commandType: CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION,
    startChildWorkflowExecutionCommandAttributes: {
      ...execution(random),
      workflowType: { name: 'random' },
      taskQueue,
      parentClosePolicy: pick(random, [1, 2, 3]),
      workflowTaskTimeout: second,
    },
  }),
  (random) => ({
    commandType: CommandType.COMMAND_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION,
    signalExternalWorkflowExecutionCommandAttributes: { execution: execution(random), signalName: 'from afar' },
  }),
  (random) => ({
    commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION,
    requestCancelExternalWorkflowExecutionCommandAttributes: execution(random),
  }),
];

/** A few, of which the last may close the workflow. */
export function randomCommands(random: Random, events: readonly HistoryEvent[]): Command[] {
  const commands = Array.from({ length: Math.floor(random.fraction() * 4) }, () => pick(random, other)(random, events));
  return random.fraction() < 0.15 ? [...commands, pick(random, closing)()] : commands;
}
