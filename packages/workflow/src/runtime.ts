/**
 * What the worker's isolate entry uses. Workflow authors import from `@reprise/workflow` instead.
 *
 * The host of a run: `createRun`; per activation `run.activate(a)`, microtasks, then `run.drain()` and microtasks until it
 * gives a completion. `installScopes(globalThis)` once per context, before user code. Compiled code binds
 * `__c: captureFrame, __r: restoreFrame, __t: setFrame, __w: guardThenable`. Patched globals ask `currentRun()`.
 */
export type {
  Activation,
  ActivityResolution,
  ChildResolution,
  ChildStartResolution,
  FailureShape,
  Job,
  JobOf,
  NexusResolution,
  RetryPolicyShape,
  RunFacts,
  WallHeaders,
} from './jobs.ts';
export type {
  ActivityCancellation,
  ChildCancellation,
  Completion,
  EventGroupRef,
  Intent,
  IntentOf,
  NexusCancellation,
  PriorityShape,
  SinkCall,
  UserMetadata,
} from './intents.ts';
export {
  carryFramesBy,
  captureFrame,
  guardThenable,
  installScopes,
  restoreFrame,
  runInFrame,
  setFrame,
} from './scope/async-scope.ts';
export type { Frame, FrameCarrier } from './scope/async-scope.ts';
export { AsyncLocalStorage } from './scope/async-local-storage.ts';
export { createRun, type RuntimeRun } from './run/runtime-run.ts';
export type { LoadedModules, RunCreation, RunHost } from './run/run-creation.ts';
export { currentRun, requireCurrentRun, type ConsoleLevel, type CurrentRun } from './run/globals.ts';
export { DeterminismViolationError, UnhandledRejectionError } from './run/errors.ts';
