/**
 * What replaying needs and nothing more: the machine, and the replay core. Importing this loads neither protobuf nor gRPC.
 */
export { replayHistory, lastCompletedTaskStart } from './replay/replay-history.ts';
export type { HandledMessages, ReplayInput, ReplayOutcome, ReplayPosition } from './replay/replay-history.ts';
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
export { bundleWorkflowCode, bundleWorkflowCodeSync } from './bundle/bundle-workflow-code.ts';
export type { BundleOptions } from './bundle/bundle-workflow-code.ts';
export { WorkflowBundleError } from './bundle/bundle-error.ts';
export { functionsOf } from './bundle/function-ends.ts';
export type { FunctionText, TextPosition } from './bundle/function-ends.ts';
export { WorkflowBundle } from './bundle/workflow-bundle.ts';
export { makeIsolate } from './host/make-isolate.ts';
export { IsolateLostError } from './isolate/isolate.ts';
export type { Isolate } from './isolate/isolate.ts';
export type { RunCreation } from '@reprise/workflow/runtime';
