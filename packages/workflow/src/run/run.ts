/**
 * The state of one run inside the isolate: what it was told, what it waits for, what it asked for. Everything that acts on
 * it is a function in a file of its own.
 *
 * I1  `intents` and `places` are parallel, in the order in which workflow code asked.
 * I2  A number of a kind (`seqs`) is never used twice, whether or not its intent was made.
 * I3  `taskError` is set once; from then on, the only completion is the failed one.
 */
import {
  defaultFailureConverter,
  defaultPayloadConverter,
  type FailureConverter,
  type HandlerUnfinishedPolicy,
  type PayloadConverter,
  type PayloadTypeInfo,
  type UntypedFunction,
} from '@reprise/common';
import type { Intent, SinkCall } from '../intents.ts';
import type { Activation, JobOf, RunFacts } from '../jobs.ts';
import type { RandomSource } from './alea.ts';
import type { CancelScope } from './cancel-scope.ts';
import { Pending } from './pending.ts';
import type { Place } from './place.ts';
import type { RunCreation, RunHost } from './run-creation.ts';
import { RunFlags } from './run-flags.ts';
import { RunRandom } from './run-random.ts';
import type { WorkflowInfo } from './workflow-info.ts';

export type TaskFacts = Omit<Activation, 'jobs'>;

export interface Handler {
  readonly handler: UntypedFunction;
  readonly description: string | undefined;
  readonly unfinishedPolicy: HandlerUnfinishedPolicy;
  readonly validator?: UntypedFunction | undefined;
  readonly typeInfo?: PayloadTypeInfo | undefined;
}

export interface HandlerInProgress {
  readonly name: string;
  readonly id?: string;
  readonly unfinishedPolicy: HandlerUnfinishedPolicy;
}

export interface Handlers {
  readonly signals: Map<string, Handler>;
  readonly queries: Map<string, Handler>;
  readonly updates: Map<string, Handler>;
  defaultSignal: Handler | undefined;
  defaultQuery: Handler | undefined;
  defaultUpdate: Handler | undefined;
  bufferedSignals: JobOf<'signal'>[];
  bufferedUpdates: JobOf<'update'>[];
  readonly signalsInProgress: Map<number, HandlerInProgress>;
  readonly updatesInProgress: Map<string, HandlerInProgress>;
  nextSignal: number;
}

export interface BlockedCondition {
  readonly fn: () => boolean;
  readonly resolve: () => void;
  readonly place: Place | undefined;
}

/** The number that the next thing of a kind gets. */
export interface Seqs {
  timer: number;
  activity: number;
  child: number;
  signalExternal: number;
  cancelExternal: number;
  condition: number;
  nexus: number;
}

export interface Patches {
  readonly inHistory: Set<string>;
  readonly decided: Map<string, boolean>;
}

/** Interceptors by where they stand; typed where they are called. */
export interface InterceptorLists {
  readonly inbound: object[];
  readonly outbound: object[];
  readonly internals: object[];
}

export interface Run {
  readonly creation: RunCreation;
  readonly host: RunHost;
  /** Known from the initialize job on. */
  facts: RunFacts | undefined;
  task: TaskFacts;
  /** When the first activation took place, in workflow time. */
  runStartMs: number;
  info: WorkflowInfo | undefined;
  attributes: Pick<WorkflowInfo, 'memo' | 'searchAttributes' | 'typedSearchAttributes'> | undefined;
  workflow: UntypedFunction | undefined;
  /** What the workflow declares of the types of its arguments and its result. */
  typeInfo: PayloadTypeInfo | undefined;
  intents: Intent[];
  places: (Place | undefined)[];
  sinkCalls: SinkCall[];
  readonly pending: Pending;
  seqs: Seqs;
  readonly random: RunRandom;
  /** Stands in for the main stream while code runs that must not change the run. */
  throwAwayRandom: RandomSource | undefined;
  /** True while a query runs: nothing that it asks for counts. */
  readOnly: boolean;
  readonly flags: RunFlags;
  readonly patches: Patches;
  readonly conditions: Map<number, BlockedCondition>;
  readonly handlers: Handlers;
  readonly interceptors: InterceptorLists;
  payloadConverter: PayloadConverter;
  failureConverter: FailureConverter;
  rootScope: CancelScope | undefined;
  /** The scopes behind the handles of `setTimeout`. */
  timeouts: Map<number, CancelScope> | undefined;
  cancelled: boolean;
  completed: boolean;
  taskError: { readonly error: unknown } | undefined;
  versioningBehavior: number | undefined;
  failureExceptionTypes: readonly (abstract new (...args: never[]) => Error)[] | undefined;
  currentDetails: string;
  disposers: (() => void)[] | undefined;
}

const NOTHING_YET: TaskFacts = {
  nowMs: 0,
  isReplaying: false,
  isReplayingHistoryEvents: false,
  historyLength: 0,
  historySizeBytes: 0,
  continueAsNewSuggested: false,
  knownFlags: [],
};

function newHandlers(): Handlers {
  return {
    signals: new Map(),
    queries: new Map(),
    updates: new Map(),
    defaultSignal: undefined,
    defaultQuery: undefined,
    defaultUpdate: undefined,
    bufferedSignals: [],
    bufferedUpdates: [],
    signalsInProgress: new Map(),
    updatesInProgress: new Map(),
    nextSignal: 0,
  };
}

export function newRun(creation: RunCreation, host: RunHost): Run {
  return {
    creation,
    host,
    facts: undefined,
    task: NOTHING_YET,
    runStartMs: 0,
    info: undefined,
    attributes: undefined,
    workflow: undefined,
    typeInfo: undefined,
    intents: [],
    places: [],
    sinkCalls: [],
    pending: new Pending(),
    seqs: { timer: 1, activity: 1, child: 1, signalExternal: 1, cancelExternal: 1, condition: 1, nexus: 1 },
    random: new RunRandom(creation.randomSeed),
    throwAwayRandom: undefined,
    readOnly: false,
    flags: new RunFlags(),
    patches: { inHistory: new Set(), decided: new Map() },
    conditions: new Map(),
    handlers: newHandlers(),
    interceptors: { inbound: [], outbound: [], internals: [] },
    payloadConverter: defaultPayloadConverter,
    failureConverter: defaultFailureConverter,
    rootScope: undefined,
    timeouts: undefined,
    cancelled: false,
    completed: false,
    taskError: undefined,
    versioningBehavior: undefined,
    failureExceptionTypes: undefined,
    currentDetails: '',
    disposers: undefined,
  };
}
