/** How workflows, activities, signals, queries and updates are told apart by type. */
import type { PayloadTypeInfo } from './type-info.ts';
import type { Untyped } from './untyped.ts';

/** A workflow function. */
export type Workflow = (...args: Untyped[]) => Promise<Untyped>;
/** What a workflow's start gives. */
export type WorkflowReturnType = Promise<Untyped>;
/** What a workflow returns. */
export type WorkflowResultType<W extends Workflow> = ReturnType<W> extends Promise<infer R> ? R : never;
/** An activity function. */
export interface ActivityFunction<P extends Untyped[] = Untyped[], R = Untyped> {
  (...args: P): Promise<R>;
}
/** Activities by name, without further types. */
export type UntypedActivities = Record<string, ActivityFunction>;
/** Activities by name. Use UntypedActivities. */
export type ActivityInterface = Record<string, ActivityFunction>;

/** `T` with the workflow's arguments, which are required when the workflow has any. */
export type WithWorkflowArgs<W extends Workflow, T> = T &
  (Parameters<W> extends [Untyped, ...Untyped[]]
    ? {
        /** The arguments of the workflow. */
        args: Parameters<W> | Readonly<Parameters<W>>;
      }
    : {
        /** The arguments of the workflow. */
        args?: Parameters<W> | Readonly<Parameters<W>>;
      });

export type WorkflowSignalType = (...args: Untyped[]) => Promise<void> | void;
export type WorkflowQueryType = (...args: Untyped[]) => Untyped;
export type WorkflowUpdateType = (...args: Untyped[]) => Promise<Untyped> | Untyped;
export type WorkflowUpdateValidatorType = (...args: Untyped[]) => void;

/** How the arguments of a signal become payloads. */
export type SignalTypeInfo = Pick<PayloadTypeInfo, 'inputTypes'>;

/** A signal sent by its name. */
export interface WorkflowSignalOptions<Args extends Untyped[] = []> {
  /** What the handler gets. */
  args?: Args;
  typeInfo?: SignalTypeInfo;
}
/** A query asked by its name. */
export interface WorkflowQueryOptions<Args extends Untyped[] = []> {
  /** What the handler gets. */
  args?: Args;
  typeInfo?: PayloadTypeInfo;
}
export interface SignalDefinitionOptions {
  /** What the signal is for; shown by the metadata query. */
  readonly description?: string;
  readonly typeInfo?: SignalTypeInfo;
}
export interface QueryDefinitionOptions {
  /** What the query is for; shown by the metadata query. */
  readonly description?: string;
  readonly typeInfo?: PayloadTypeInfo;
}
export interface UpdateDefinitionOptions {
  /** What the update is for; shown by the metadata query. */
  readonly description?: string;
  readonly typeInfo?: PayloadTypeInfo;
}

/** A handler together with its options. */
export type WorkflowSignalAnnotatedType = {
  handler: WorkflowSignalType;
  unfinishedPolicy: HandlerUnfinishedPolicy;
  description?: string;
  typeInfo?: SignalTypeInfo;
};
export type WorkflowQueryAnnotatedType = {
  handler: WorkflowQueryType;
  description?: string;
  typeInfo?: PayloadTypeInfo;
};
export type WorkflowUpdateAnnotatedType = {
  handler: WorkflowUpdateType;
  unfinishedPolicy: HandlerUnfinishedPolicy;
  validator?: WorkflowUpdateValidatorType;
  description?: string;
  typeInfo?: PayloadTypeInfo;
};

declare const argsBrand: unique symbol;
declare const retBrand: unique symbol;

/** A signal of a workflow; made by `defineSignal`. */
export interface SignalDefinition<Args extends Untyped[] = [], Name extends string = string> {
  readonly type: 'signal';
  readonly name: Name;
  readonly typeInfo?: SignalTypeInfo;
  readonly [argsBrand]?: Args;
}

/** A query of a workflow; made by `defineQuery`. */
export interface QueryDefinition<Ret, Args extends Untyped[] = [], Name extends string = string> {
  readonly type: 'query';
  readonly name: Name;
  readonly typeInfo?: PayloadTypeInfo;
  readonly [argsBrand]?: Args;
  readonly [retBrand]?: Ret;
}

/** An update of a workflow; made by `defineUpdate`. */
export interface UpdateDefinition<Ret, Args extends Untyped[] = [], Name extends string = string> {
  readonly type: 'update';
  readonly name: Name;
  readonly typeInfo?: PayloadTypeInfo;
  readonly [argsBrand]?: Args;
  readonly [retBrand]?: Ret;
}

/** What happens when a workflow ends while a handler still runs. */
export const HandlerUnfinishedPolicy = {
  /** A warning is logged. */
  WARN_AND_ABANDON: 'WARN_AND_ABANDON',
  /** Nothing is said. */
  ABANDON: 'ABANDON',
} as const;
export type HandlerUnfinishedPolicy = (typeof HandlerUnfinishedPolicy)[keyof typeof HandlerUnfinishedPolicy];

/** A handle to a running or closed workflow, as clients and workflows have in common. */
export interface BaseWorkflowHandle<T extends Workflow> {
  readonly workflowId: string;
  /** Waits for the result. */
  result(): Promise<WorkflowResultType<T>>;
  /** Sends a signal. */
  signal<Args extends Untyped[] = [], Name extends string = string>(
    def: SignalDefinition<Args, Name> | string,
    ...args: Args
  ): Promise<void>;
  /** Sends a signal by its name, with what is declared of its arguments' types. */
  signalWithOptions<Args extends Untyped[] = []>(
    signalName: string,
    options: WorkflowSignalOptions<Args>,
  ): Promise<void>;
}

/** The ids of one run. */
export type WorkflowExecution = { workflowId?: string | null | undefined; runId?: string | null | undefined };

/** A history and the workflow it belongs to. */
export interface HistoryAndWorkflowId {
  workflowId: string;
  history: unknown;
}
