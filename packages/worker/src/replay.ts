/**
 * What replaying needs and nothing more: the machine, and the replay core. Importing this loads neither protobuf nor gRPC.
 */
export { replayHistory, lastCompletedTaskStart } from './replay/replay-history.ts';
export type { ReplayInput, ReplayOutcome, ReplayPosition } from './replay/replay-history.ts';
export { EventType, eventTypeName, isClosingEvent, isCommandEvent, showEvent } from './machine/event-type.ts';
export type { EventTypeName, HistoryEvent } from './machine/event-type.ts';
export { MismatchError } from './machine/nondeterminism.ts';
export type { Mismatch, MismatchCode, NowSide, RecordedSide } from './machine/nondeterminism.ts';
export { nowSide, recordedSide } from './machine/nondeterminism.ts';
export type { PendingCommand } from './machine/command-queue.ts';
export type { CommandRequest } from './machine/command-request.ts';
export { Run } from './machine/run.ts';
export type { Slice, TaskInput } from './machine/run.ts';
export { randomSeedOf } from './machine/random-seed.ts';
