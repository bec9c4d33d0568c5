/**
 * The replay core: one history against one isolate, as often as wanted. Synchronous; loads neither protobuf nor gRPC, and
 * prints nothing. The live worker folds histories with the same machine.
 */
import { METADATA_QUERY, STACK_TRACE_QUERY, type WallFailure } from '@reprise/common';
import type { Activation, Completion, SinkCall } from '@reprise/workflow/runtime';
import { failureTypesOf, type WorkflowFailureErrorTypes } from '../options/failure-types.ts';
import type { Isolate } from '../isolate/isolate.ts';
import type { PendingCommand } from '../machine/command-queue.ts';
import { EventType, isClosingEvent, type HistoryEvent } from '../machine/event-type.ts';
import { MismatchError, type Mismatch } from '../machine/nondeterminism.ts';
import { randomSeedOf } from '../machine/random-seed.ts';
import { Run, type Waiting } from '../machine/run.ts';

export interface ReplayInput {
  readonly events: readonly HistoryEvent[];
  readonly isolate: Isolate;
  /** Used where the first event does not say. Default 'default'. */
  readonly namespace?: string;
  /** Used where the first event does not say. Default 'fake'. */
  readonly workflowId?: string;
  /** Reports what the published SDK lets pass, such as commands that a completed task did not record. Default false. */
  readonly strict?: boolean;
  /** Errors that fail the workflow instead of its task. */
  readonly failureErrorTypes?: WorkflowFailureErrorTypes;
  /** Sees what workflow code asked sinks for, after each activation. */
  readonly onSinkCalls?: (calls: readonly SinkCall[]) => void;
  /** Whether intents carry where they were asked for: always, never, or by default when there is something to report. */
  readonly places?: boolean;
  /** Sees each activation before the code does, and may change what the code answers. */
  readonly vary?: (activation: Activation, activate: (activation: Activation) => Completion) => Completion;
  /** Told before each activation how far the history has been folded: the last event that the code hears of. */
  readonly onActivation?: (lastEventId: number) => void;
  /** Sees every event that was matched with what the code asks for now. */
  readonly onMatched?: (event: HistoryEvent, command: PendingCommand) => void;
}

/** Where in the history an outcome belongs. */
export interface ReplayPosition {
  /** The last event that was folded. */
  readonly lastEventId: number;
  /** True in a task that history leaves open: what happens there is new work, not a replay. */
  readonly isOpenTask: boolean;
}

/** Names of the messages that a run has handlers for, apart from handlers of whatever has none. */
export interface HandledMessages {
  readonly signals: readonly string[];
  readonly updates: readonly string[];
}

export type ReplayOutcome =
  | ({
      readonly status: 'ok';
      readonly activations: number;
      readonly pending: readonly PendingCommand[];
    } & ReplayPosition)
  | ({
      readonly status: 'mismatch';
      readonly mismatch: Mismatch;
      /** Where the code waits, as raw stacks; only where places are asked for. */
      readonly waitsAt: readonly string[];
      /** The messages that the code has handlers for; only where places are asked for. */
      readonly handled?: HandledMessages;
    } & Waiting &
      ReplayPosition)
  /** The code threw an error that fails the workflow task: any error but a failure, or an unknown workflow type. */
  | ({ readonly status: 'threw'; readonly failure: WallFailure } & ReplayPosition);

let nextKey = 0;

/**
 * Replays one history. What is reported of the code carries its places: when there is something to report, the history is
 * replayed once more to find them. Throws IsolateLostError when the code runs too long or takes too much memory.
 */
export function replayHistory(input: ReplayInput): ReplayOutcome {
  if (input.places === true) return replayOnce(input);
  const outcome = replayOnce(input);
  if (outcome.status === 'ok' || input.places === false) return outcome;
  const { onSinkCalls: _, ...again } = input;
  return replayOnce({ ...again, places: true });
}

function replayOnce(input: ReplayInput): ReplayOutcome {
  const first = input.events[0];
  const started = first?.workflowExecutionStartedEventAttributes;
  if (first === undefined || !started) return notAHistory(first);
  const runId = started.originalExecutionRunId || started.firstExecutionRunId || 'fake';
  const identity = {
    namespace: input.namespace ?? 'default',
    workflowId: started.workflowId || input.workflowId || 'fake',
    runId,
  };
  const options = input.onMatched === undefined ? {} : { onMatched: input.onMatched };
  const run = new Run(identity, { strict: input.strict === true, ...options });
  const runKey = `replay-${++nextKey}`;
  const workflowType = started.workflowType?.name ?? '';
  input.isolate.create({
    ...identity,
    runKey,
    workflowType,
    failureErrorTypes: failureTypesOf(input.failureErrorTypes, workflowType),
    taskQueue: started.taskQueue?.name ?? '',
    randomSeed: randomSeedOf(runId),
    places: input.places === true ? 'eager' : 'none',
  });
  try {
    return drive(run, runKey, input);
  } finally {
    input.isolate.release(runKey);
  }
}

function drive(run: Run, runKey: string, input: ReplayInput): ReplayOutcome {
  const activate = (activation: Activation): Completion => input.isolate.activate(runKey, activation);
  const position = (): ReplayPosition => ({
    lastEventId: run.lastEventId,
    isOpenTask: !run.isReplaying && !run.isClosed,
  });
  let activations = 0;
  let last: Activation | undefined;
  try {
    run.begin({ events: input.events, previousStartedEventId: lastCompletedTaskStart(input.events) });
    for (let slice = run.nextSlice(); slice !== undefined; slice = run.nextSlice()) {
      activations++;
      const { activation } = slice;
      last = activation;
      input.onActivation?.(run.lastEventId);
      const completion = input.vary === undefined ? activate(activation) : input.vary(activation, activate);
      if (completion.sinkCalls.length > 0) input.onSinkCalls?.(completion.sinkCalls);
      run.accept(completion);
      if (run.failure !== undefined) return { status: 'threw', failure: run.failure, ...position() };
    }
  } catch (error) {
    if (!(error instanceof MismatchError)) throw error;
    const { mismatch } = error;
    const known = { ...run.waiting, ...position() };
    if (last === undefined || input.places !== true) return { status: 'mismatch', mismatch, waitsAt: [], ...known };
    return { status: 'mismatch', mismatch, ...askAbout(last, activate), ...known };
  }
  return { status: 'ok', activations, pending: run.waiting.pending, ...position() };
}

/** What the code says to the queries that every workflow answers. */
function askAbout(
  last: Activation,
  activate: (activation: Activation) => Completion,
): { waitsAt: readonly string[]; handled?: HandledMessages } {
  const ask = (name: string) => {
    const query = { kind: 'query' as const, id: name, name, args: [], headers: {} };
    const completion = activate({ ...last, jobs: [query] });
    if (completion.status === 'failed') return undefined;
    return completion.intents.find((intent) => intent.kind === 'answerQuery');
  };
  const waitsAt = ask(STACK_TRACE_QUERY)?.rawStacks?.stacks ?? [];
  const text = ask(METADATA_QUERY)?.result?.d;
  if (text === undefined) return { waitsAt };
  const { definition } = JSON.parse(text) as {
    definition: Record<'signalDefinitions' | 'updateDefinitions', { name: string }[]>;
  };
  const [signals, updates] = [definition.signalDefinitions, definition.updateDefinitions].map((each) =>
    each.map(({ name }) => name),
  );
  return { waitsAt, handled: { signals: signals ?? [], updates: updates ?? [] } };
}

function notAHistory(first: HistoryEvent | undefined): ReplayOutcome {
  const message =
    first === undefined
      ? 'Fatal error in workflow machines: History is empty!'
      : 'Fatal error in workflow machines: First event in history was not workflow execution started!';
  const position = { lastEventId: 0, isOpenTask: false, pending: [], awaited: [], waitsAt: [] };
  return { status: 'mismatch', mismatch: { code: 'invalid-history', message }, ...position };
}

/** The start of the last task that was completed: commands up to there are recorded, later ones are new. */
export function lastCompletedTaskStart(events: readonly HistoryEvent[]): number {
  const last = events.at(-1);
  const isClosed = last !== undefined && isClosingEvent(last);
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i];
    if (event?.eventType !== EventType.WorkflowTaskStarted) continue;
    if (isClosed || events[i + 1]?.eventType === EventType.WorkflowTaskCompleted) return event.eventId ?? 0;
  }
  return 0;
}
