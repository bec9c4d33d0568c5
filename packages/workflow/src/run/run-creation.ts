/** What the host says about a run when it creates it. */
export interface RunCreation {
  /** Unique among the live runs of an isolate. */
  runKey: string;
  workflowType: string;
  workflowId: string;
  runId: string;
  namespace: string;
  taskQueue: string;
  /** Eight bytes, big-endian, that seed the generator. */
  randomSeed: number[];
  /** Local activities outside this list fail the task on new ground. Absent: not checked. */
  registeredActivityNames?: readonly string[];
  /** Names of error classes that fail the workflow instead of the task. */
  failureErrorTypes?: readonly string[];
  /**
   * `kept`: `RuntimeRun.places()` tells where intents were asked for. `eager`: every intent has its `place` as text. `none`:
   * nobody will ask, so that no stack is captured. Default `kept`.
   */
  places?: 'none' | 'kept' | 'eager';
  /** Reported by the enhanced stack trace. */
  sdkVersion?: string;
}

/** What a run may ask the host for. All of it is optional, and none of it changes what workflow code decides. */
export interface RunHost {
  /** The host's clock, in milliseconds since the epoch; used by `workflowInfo().unsafe` and log lines only. */
  nowMs?(): number;
  /** The host's own random numbers; used by `workflowInfo().unsafe` only. */
  random?(): number;
  /** Whether a patch that history does not know becomes active; asked on new ground only. `info` is workflowInfo(), as JSON. */
  patchActivation?(patchId: string, info: string): boolean;
}

/** The user's modules, as the bundle instantiates them for one run. Interceptor modules are read first. */
export interface LoadedModules {
  readonly interceptorModules: readonly unknown[];
  readonly workflows: Readonly<Record<string, unknown>>;
  /** A `payloadConverter` and a `failureConverter`, when the worker has its own. */
  readonly payloadConverter?: unknown;
  readonly failureConverter?: unknown;
}
