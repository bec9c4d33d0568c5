import {
  describeOption,
  HandlerUnfinishedPolicy,
  type PayloadTypeInfo,
  type QueryDefinition,
  type SignalDefinition,
  type Untyped,
  type UntypedFunction,
  type UpdateDefinition,
  checkSpelling,
  refuseReservedName,
} from '@reprise/common';
import { requireRun } from '../run/current-run.ts';
import type { Handler } from '../run/run.ts';
import { deliverBufferedSignals } from '../run/signals.ts';
import { deliverBufferedUpdates } from '../run/updates.ts';

/** What a handler of a definition is. */
export type HandlerFor<D> =
  D extends SignalDefinition<infer Args>
    ? (...args: Args) => void | Promise<void>
    : D extends QueryDefinition<infer Ret, infer Args>
      ? (...args: Args) => Ret
      : D extends UpdateDefinition<infer Ret, infer Args>
        ? (...args: Args) => Ret | Promise<Ret>
        : never;

/** The arguments of a definition. */
type ArgsOf<D> = D extends UpdateDefinition<Untyped, infer Args> ? Args : never;

/** Options of a signal handler. */
export interface SignalHandlerOptions {
  /** What the signal is for; shown by the metadata query. */
  description?: string;
  /** Default `WARN_AND_ABANDON`. */
  unfinishedPolicy?: HandlerUnfinishedPolicy;
}

/** Options of a query handler. */
export interface QueryHandlerOptions {
  /** What the query is for; shown by the metadata query. */
  description?: string;
}

/** Options of an update handler. */
export interface UpdateHandlerOptions<Args extends Untyped[]> {
  /** Refuses the update by throwing. It must not change anything, and it must not be async. */
  validator?: (...args: Args) => void;
  /** Default `WARN_AND_ABANDON`. */
  unfinishedPolicy?: HandlerUnfinishedPolicy;
  /** What the update is for; shown by the metadata query. */
  description?: string;
}

interface AnyDefinition {
  readonly type: 'signal' | 'query' | 'update';
  readonly name: string;
  readonly description?: string;
  readonly typeInfo?: PayloadTypeInfo;
}

interface AnyHandlerOptions {
  readonly validator?: UntypedFunction;
  readonly unfinishedPolicy?: HandlerUnfinishedPolicy;
  readonly description?: string;
}

const known: { readonly [Name in keyof Required<AnyHandlerOptions>]: true } = {
  validator: true,
  unfinishedPolicy: true,
  description: true,
};

function makeHandler(
  handler: UntypedFunction,
  options: AnyHandlerOptions | undefined,
  typeInfo?: PayloadTypeInfo,
): Handler {
  return {
    handler,
    description: options?.description,
    unfinishedPolicy: options?.unfinishedPolicy ?? HandlerUnfinishedPolicy.WARN_AND_ABANDON,
    validator: options?.validator,
    typeInfo,
  };
}

function notADefinition(given: unknown): TypeError {
  return new TypeError(
    `The first argument of setHandler(...) must be what defineSignal(...), defineQuery(...) or defineUpdate(...) gives, got ${describeOption(given)}`,
  );
}

/**
 * Sets the handler of a signal, a query or an update. Signals and updates that arrived before are delivered now, in the
 * order in which they came. Without a handler, the one that was set is taken away.
 *
 * @throws IllegalStateError outside workflow code, TypeError when the definition is none, or the handler is not a function
 * @example setHandler(approve, (approver) => { approvedBy = approver; });
 */
export function setHandler<D extends UpdateDefinition<Untyped, Untyped[]>>(
  def: D,
  handler: HandlerFor<D> | undefined,
  options?: UpdateHandlerOptions<ArgsOf<D>>,
): void;
export function setHandler<D extends SignalDefinition<Untyped[]>>(
  def: D,
  handler: HandlerFor<D> | undefined,
  options?: SignalHandlerOptions,
): void;
export function setHandler<D extends QueryDefinition<Untyped, Untyped[]>>(
  def: D,
  handler: HandlerFor<D> | undefined,
  options?: QueryHandlerOptions,
): void;
export function setHandler(
  def: AnyDefinition,
  handler: UntypedFunction | undefined,
  options?: AnyHandlerOptions,
): void {
  const run = requireRun('Workflow.setHandler(...) may only be used from a Workflow Execution.');
  if (handler !== undefined && handler !== null && typeof handler !== 'function') {
    throw new TypeError(`Expected handler to be either a function or 'undefined'. Got: '${typeof handler}'`);
  }
  if (typeof def !== 'object' || def === null) throw notADefinition(def);
  refuseReservedName(def.type, def.name);
  if (options) checkSpelling(`The options of setHandler for ${def.type} ${def.name}`, options, known);
  const { signals, queries, updates } = run.handlers;
  const handlers = { signal: signals, query: queries, update: updates }[def.type];
  if (handlers === undefined) throw new TypeError(`Invalid definition type: ${String(def.type)}`);
  const description = options?.description ?? def.description;
  const described = { ...options, ...(description === undefined ? {} : { description }) };
  if (handler) handlers.set(def.name, makeHandler(handler, described, def.typeInfo));
  else handlers.delete(def.name);
  if (def.type === 'signal') deliverBufferedSignals(run);
  if (def.type === 'update') deliverBufferedUpdates(run);
}

/** Handles signals that have no handler of their own. */
export type DefaultSignalHandler = (signalName: string, ...args: unknown[]) => void | Promise<void>;
/** Answers queries that have no handler of their own. */
export type DefaultQueryHandler = (queryName: string, ...args: Untyped[]) => Untyped;
/** Handles updates that have no handler of their own. */
export type DefaultUpdateHandler = (updateName: string, ...args: Untyped[]) => Promise<Untyped> | Untyped;

function checkedDefault(handler: UntypedFunction | undefined): Handler | undefined {
  if (handler === undefined || handler === null) return undefined;
  if (typeof handler === 'function') return makeHandler(handler, undefined);
  throw new TypeError(`Expected handler to be either a function or 'undefined'. Got: '${typeof handler}'`);
}

/** Sets the handler of all signals that have none of their own, or takes it away. */
export function setDefaultSignalHandler(handler: DefaultSignalHandler | undefined): void {
  const run = requireRun('Workflow.setDefaultSignalHandler(...) may only be used from a Workflow Execution.');
  run.handlers.defaultSignal = checkedDefault(handler);
  deliverBufferedSignals(run);
}

/** Sets the handler of all queries that have none of their own, or takes it away. */
export function setDefaultQueryHandler(handler: DefaultQueryHandler | undefined): void {
  const run = requireRun('Workflow.setDefaultQueryHandler(...) may only be used from a Workflow Execution.');
  run.handlers.defaultQuery = checkedDefault(handler);
}

/** Sets the handler of all updates that have none of their own, or takes it away. */
export function setDefaultUpdateHandler(handler: DefaultUpdateHandler | undefined): void {
  const run = requireRun('Workflow.setDefaultUpdateHandler(...) may only be used from a Workflow Execution.');
  run.handlers.defaultUpdate = checkedDefault(handler);
  deliverBufferedUpdates(run);
}

/**
 * True when no handler of a signal or an update is under way.
 *
 * @example await condition(allHandlersFinished);
 */
export function allHandlersFinished(): boolean {
  const { handlers } = requireRun('allHandlersFinished() may only be used from a Workflow Execution.');
  return handlers.signalsInProgress.size === 0 && handlers.updatesInProgress.size === 0;
}
