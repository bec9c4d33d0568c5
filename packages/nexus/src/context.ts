/** What a handler of a Nexus operation sees of the worker that runs it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from '@reprise/client';
import { noopMetricMeter } from '@reprise/common';
import type { Logger, MetricMeter } from '@reprise/common';
import type { CancelOperationContext, StartOperationContext } from 'nexus-rpc';

/** What the worker sets for as long as a handler runs. For workers. */
export interface HandlerContext {
  readonly log: Logger;
  readonly metrics: MetricMeter;
  readonly client: Client;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly endpoint: string;
}

/** Where the running operation is. */
export interface OperationInfo {
  readonly namespace: string;
  readonly taskQueue: string;
  /** The endpoint that the operation was asked for at; empty with servers that do not say. */
  readonly endpoint: string;
}

/** What the start function of a `TemporalOperationHandler` gets. */
export interface TemporalStartOperationContext extends StartOperationContext {}

/** What the cancel functions of a `TemporalOperationHandler` get. */
export interface TemporalCancelOperationContext extends CancelOperationContext {}

// Shared by every copy of the package in the process: handlers may be CommonJS, and the worker an ES module.
const storageKey = Symbol.for('__temporal_nexus_context_storage__');
const shared = globalThis as { [storageKey]?: AsyncLocalStorage<HandlerContext> };

/** Holds the context of the handler that runs. For workers. */
export const asyncLocalStorage: AsyncLocalStorage<HandlerContext> = (shared[storageKey] ??=
  new AsyncLocalStorage<HandlerContext>());

/** @throws ReferenceError outside a handler of a Nexus operation */
export function handlerContext(): HandlerContext {
  const context = asyncLocalStorage.getStore();
  if (context === undefined) throw new ReferenceError('Not in a Nexus handler context');
  return context;
}

/**
 * The client of the worker that runs the operation.
 *
 * @throws ReferenceError outside a handler of a Nexus operation
 */
export function getClient(): Client {
  return handlerContext().client;
}

/**
 * Where the running operation is.
 *
 * @throws ReferenceError outside a handler of a Nexus operation
 */
export function operationInfo(): OperationInfo {
  const { namespace, taskQueue, endpoint } = handlerContext();
  return { namespace, taskQueue, endpoint };
}

/** The logger of the running operation: each line carries its service, its name and where it is. */
export const log: Logger = {
  log: (...args) => handlerContext().log.log(...args),
  trace: (...args) => handlerContext().log.trace(...args),
  debug: (...args) => handlerContext().log.debug(...args),
  info: (...args) => handlerContext().log.info(...args),
  warn: (...args) => handlerContext().log.warn(...args),
  error: (...args) => handlerContext().log.error(...args),
};

/** The meter of the running operation; outside an operation its metrics go nowhere. */
export const metricMeter: MetricMeter = {
  createCounter: (...args) => currentMeter().createCounter(...args),
  createHistogram: (...args) => currentMeter().createHistogram(...args),
  createGauge: (...args) => currentMeter().createGauge(...args),
  createUpDownCounter: (...args) => currentMeter().createUpDownCounter(...args),
  withTags: (...args) => currentMeter().withTags(...args),
};

function currentMeter(): MetricMeter {
  return asyncLocalStorage.getStore()?.metrics ?? noopMetricMeter;
}
