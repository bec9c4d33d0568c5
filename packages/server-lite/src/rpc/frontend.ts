/**
 * The way of every call, whichever transport brought it: find the handler, check the client's version, find the
 * namespace, count it against the limits, run the handler, and account for how it went.
 *
 * I1. Once `drain` has been called no new call begins.
 * I2. Nobody is told what is not durable.
 */
import { invalidArgument, namespaceInvalidState, ServiceError, unavailable, unimplemented } from '../errors.ts';
import { storageFailure } from '../store/storage-failure.ts';
import type { Meters } from '../metrics/server-metrics.ts';
import type { Logger } from '../system/logger.ts';
import type { Namespace } from '../system/namespaces.ts';
import type { Authorize } from './authorize.ts';
import { maskOf } from '../masked-error.ts';
import { allowedStates, namespacePolicy, namespaceStateAllows, shortStateName } from './namespace/namespace-policy.ts';
import type { Call, Handler, RpcContext } from './rpc.ts';
import { checkClientVersion } from './client-version.ts';
import { CallsUnderWay } from './calls-under-way.ts';

export type AnyHandler = Handler<object, object>;

/** One service: its full name, and its handlers by camelCase method name. */
export interface ServiceTable {
  readonly service: string;
  readonly handlers: Readonly<Record<string, AnyHandler | undefined>>;
}

export interface RateLimits {
  /**
   * @returns what to call when the call has ended
   * @throws ServiceError RESOURCE_EXHAUSTED
   */
  admit(method: string, namespace: Namespace | undefined, request: object): () => void;
}

export interface FrontendOptions {
  readonly services: readonly ServiceTable[];
  readonly parts: Omit<RpcContext, 'call' | 'namespace'>;
  readonly limits: RateLimits;
  readonly meters: Pick<Meters, 'callBegan' | 'callEnded'>;
  readonly authorize: Authorize;
}

export interface Frontend {
  /** Full names of the services that it has. */
  readonly services: readonly string[];
  readonly authorize: Authorize;
  /**
   * @param service full name, such as `temporal.api.workflowservice.v1.WorkflowService`
   * @param method camelCase
   * @throws ServiceError, or whatever a handler did not foresee
   */
  call(target: Target, request: object, call: Call): Promise<object>;
  /** For the server's own parts: no keys, no rate limits, not counted. */
  callInternally(target: Target, request: object, call: Call): Promise<object>;
  /** Refuses calls from now on; resolves when those under way have been answered, or when the time is up. */
  drain(graceMs: number): Promise<void>;
}

interface Target {
  readonly service: string;
  readonly method: string;
}

/** Those that only change something wait for it themselves. */
const telling =
  /^(describe|get|list|count|scan|query|pollWorkflowExecutionUpdate|pollActivityExecution|pollNexus|updateWorkflowExecution$|executeMulti)/;

const nameOf = (method: string): string => method.charAt(0).toUpperCase() + method.slice(1);

export function createFrontend(options: FrontendOptions): Frontend {
  const services = new Map(options.services.map((table) => [table.service, table.handlers]));
  const { parts, limits, meters } = options;

  const find = (service: string, method: string): AnyHandler => {
    const handlers = services.get(service);
    if (!handlers) throw unimplemented(`unknown service ${service}`);
    const handler = handlers[method];
    if (!handler) throw unimplemented(`unknown method ${nameOf(method)} for service ${service}`);
    return handler;
  };

  const run = async (target: Target, request: object, call: Call): Promise<object> => {
    options.authorize(call, target.service);
    const handler = find(target.service, target.method);
    checkClientVersion(call.headers, parts.system.version);
    const namespace = findNamespace(target.method, request, parts);
    const release = limits.admit(target.method, namespace, request);
    try {
      const response = await handler(request, { ...parts, call, namespace });
      // I2. What was read may be what this turn of the event loop has decided, and not stored yet.
      if (telling.test(target.method)) await parts.engine.commit(() => {});
      return response;
    } finally {
      release();
    }
  };

  const underWay = new CallsUnderWay();
  return {
    services: options.services.map(({ service }) => service),
    authorize: options.authorize,
    drain: async (graceMs) => await underWay.drain(graceMs),
    callInternally: async (target, request, call) =>
      await find(target.service, target.method)(request, {
        ...parts,
        call,
        namespace: namedNamespace(target.method, request, parts),
      }),
    async call(target, request, call) {
      const leave = underWay.enter();
      const startedMs = performance.now();
      const method = nameOf(target.method);
      let error: unknown;
      meters.callBegan(method);
      try {
        return await run(target, request, call);
      } catch (thrown) {
        error = toldError(thrown, target.method, parts.log);
        throw error;
      } finally {
        leave();
        const namespace = parts.namespaces.byName(nameIn(request))?.name ?? '';
        meters.callEnded({ method, namespace, durationMs: performance.now() - startedMs, error });
      }
    },
  };
}

/** What the caller is told instead: what is wrong with the disk passes, so clients may try again. */
function toldError(error: unknown, method: string, log: Logger): unknown {
  if (error instanceof ServiceError) return error;
  const failure = storageFailure(error);
  if (failure !== undefined) {
    log.error('a request met a storage that failed', { method, error });
    return unavailable(`the server's storage does not work: ${failure}`, { cause: error });
  }
  log.error('a request failed for a reason that nobody foresaw', { method, mask: maskOf(error), error });
  return error;
}

const nameIn = (request: object): string =>
  'namespace' in request && typeof request.namespace === 'string' ? request.namespace : '';

const longestNamespaceBytes = 1000;

/** The namespace that a request names, whatever state it is in. */
function namedNamespace(method: string, request: object, parts: Pick<RpcContext, 'namespaces'>): Namespace | undefined {
  const name = nameIn(request);
  if (Buffer.byteLength(name) > longestNamespaceBytes) throw invalidArgument('Namespace length exceeds limit.');
  if (namespacePolicy(method) === 'none') return undefined;
  if (name === '') {
    if (tokenMethods.has(method)) {
      if (!carriesToken(request)) throw invalidArgument('Task token not set on request.');
      return undefined;
    }
    throw invalidArgument('Namespace is empty.');
  }
  return parts.namespaces.requireName(name);
}

function findNamespace(method: string, request: object, parts: Pick<RpcContext, 'namespaces'>): Namespace | undefined {
  const namespace = namedNamespace(method, request, parts);
  if (!namespace || namespaceStateAllows(namespacePolicy(method), namespace.state)) return namespace;
  throw namespaceInvalidState({
    namespace: namespace.name,
    state: namespace.state,
    allowedStates: [...allowedStates(namespacePolicy(method))],
    message: `Namespace has invalid state: ${shortStateName(namespace.state)}. Must be ${allowedStates(
      namespacePolicy(method),
    )
      .map(shortStateName)
      .join(' or ')}.`,
  });
}

/** Requests that answer a task may leave the namespace out: the token names it. */
const tokenMethods: ReadonlySet<string> = new Set([
  'respondWorkflowTaskCompleted',
  'respondWorkflowTaskFailed',
  'recordActivityTaskHeartbeat',
  'respondActivityTaskCompleted',
  'respondActivityTaskFailed',
  'respondActivityTaskCanceled',
  'respondQueryTaskCompleted',
  'respondNexusTaskCompleted',
  'respondNexusTaskFailed',
]);

const carriesToken = (request: object): boolean =>
  'taskToken' in request && request.taskToken instanceof Uint8Array && request.taskToken.length > 0;
