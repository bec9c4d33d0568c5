/**
 * What one RPC is: a function of a decoded request and its context. It knows no transport: gRPC, the in-process
 * transport and later HTTP call the same function.
 *
 * One file per RPC, named for it and in the folder of what it is about (`workflow/start-workflow-execution.ts`), exports the
 * handler under the method's camelCase name:
 *
 * ```ts
 * export const getSystemInfo: WorkflowHandler<'getSystemInfo'> = async () => ({ serverVersion });
 * ```
 *
 * Handlers that act on executions are listed in `rpc/execution-methods.ts`, all others in `rpc/workflow-service.ts`.
 */
import type { Health, MethodDefinition, OperatorService, TestService, WorkflowService } from '@reprise/proto';
import type { Engine } from '../engine.ts';
import type { Matching } from '../matching/matching.ts';
import type { DynamicConfig } from '../system/dynamic-config.ts';
import type { Logger } from '../system/logger.ts';
import type { Namespace, Namespaces } from '../system/namespaces.ts';
import type { Random } from '../system/random.ts';
import type { SearchAttributes } from '../system/search-attribute/search-attributes.ts';
import type { System } from '../system/system.ts';
import type { Clock } from '../time/clock.ts';
import type { Visibility } from '../visibility/visibility.ts';

/** One call, as its transport saw it. */
export interface Call {
  /** When the caller stops waiting: wall clock, ms since the epoch. Absent when it set none. */
  readonly deadlineMs: number | undefined;
  /** Aborted as soon as the caller has gone away. */
  readonly signal: AbortSignal;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The server's parts, as handlers see them. */
export interface RpcContext {
  readonly call: Call;
  /**
   * The namespace that the request names, checked to exist and to be in a state that allows the call; undefined for
   * requests without a `namespace` field. `requireNamespace(ctx)` gives it without the undefined.
   */
  readonly namespace: Namespace | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly config: DynamicConfig;
  readonly log: Logger;
  readonly namespaces: Namespaces;
  readonly searchAttributes: SearchAttributes;
  readonly engine: Engine;
  readonly matching: Matching;
  readonly visibility: Visibility;
  /** Schedules, batches, deployments, Nexus endpoints, workers: everything that is not an execution. */
  readonly system: System;
}

export type Handler<Request, Response> = (request: Request, ctx: RpcContext) => Promise<Response>;

export type RequestOf<Definition> = Definition extends MethodDefinition<infer Request, infer _> ? Request : never;
export type ResponseOf<Definition> = Definition extends MethodDefinition<infer _, infer Response> ? Response : never;
export type HandlerOf<Definition> = Handler<RequestOf<Definition>, ResponseOf<Definition>>;

type WorkflowMethods = (typeof WorkflowService)['methods'];
type OperatorMethods = (typeof OperatorService)['methods'];
type TestMethods = (typeof TestService)['methods'];
type HealthMethods = (typeof Health)['methods'];

export type WorkflowHandler<Name extends keyof WorkflowMethods> = HandlerOf<WorkflowMethods[Name]>;
export type OperatorHandler<Name extends keyof OperatorMethods> = HandlerOf<OperatorMethods[Name]>;
export type TestHandler<Name extends keyof TestMethods> = HandlerOf<TestMethods[Name]>;
export type HealthHandler<Name extends keyof HealthMethods> = HandlerOf<HealthMethods[Name]>;

export type WorkflowHandlers = { readonly [Name in keyof WorkflowMethods]?: WorkflowHandler<Name> };
export type OperatorHandlers = { readonly [Name in keyof OperatorMethods]?: OperatorHandler<Name> };
export type TestHandlers = { readonly [Name in keyof TestMethods]?: TestHandler<Name> };

/** The namespace of a request that must have one. */
export function requireNamespace(ctx: RpcContext): Namespace {
  if (!ctx.namespace) throw new TypeError('expected a request with a namespace, found one without');
  return ctx.namespace;
}
