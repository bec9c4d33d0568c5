/** How many calls a namespace, and the server as a whole, may make. Counts on the wall clock; off unless configured. */
import { resourceExhausted } from '../errors.ts';
import { RateLimiter } from '../matching/rate-limiter.ts';
import type { DynamicConfig, DynamicConfigKey } from './dynamic-config.ts';
import type { Namespace } from './namespaces.ts';

const rpsLimit = 1;
const concurrentLimit = 2;
const systemScope = 2;

const visibilityCalls: ReadonlySet<string> = new Set([
  'listWorkflowExecutions',
  'scanWorkflowExecutions',
  'countWorkflowExecutions',
  'listOpenWorkflowExecutions',
  'listClosedWorkflowExecutions',
  'listSchedules',
  'countSchedules',
  'listBatchOperations',
  'listWorkerDeployments',
  'listActivityExecutions',
  'countActivityExecutions',
]);

const longPolls: ReadonlySet<string> = new Set([
  'pollWorkflowTaskQueue',
  'pollActivityTaskQueue',
  'pollNexusTaskQueue',
  'pollWorkflowExecutionUpdate',
]);

/** Calls that change what all clusters would have to know of a namespace. */
const namespaceChanges: ReadonlySet<string> = new Set(['registerNamespace', 'updateNamespace', 'deprecateNamespace']);

const unlimited: ReadonlySet<string> = new Set(['getSystemInfo', 'check', 'watch']);
const mostLimiters = 10_000;
const nothing = (): void => {};

export class RateLimits {
  readonly #config: DynamicConfig;
  readonly #limiters = new Map<string, RateLimiter>();
  readonly #openPolls = new Map<string, number>();

  constructor(config: DynamicConfig) {
    this.#config = config;
  }

  /**
   * @returns what to call when the call has ended
   * @throws ServiceError RESOURCE_EXHAUSTED
   */
  admit(method: string, namespace: Namespace | undefined, request: object): () => void {
    if (unlimited.has(method)) return nothing;
    if (!this.#take('frontend.rps', '')) {
      throw resourceExhausted('service rate limit exceeded', { cause: rpsLimit, scope: systemScope });
    }
    const isLimited = namespace !== undefined || namespaceChanges.has(method);
    if (isLimited && !this.#take(groupOf(method), namespace?.id ?? '')) {
      throw resourceExhausted('namespace rate limit exceeded', { cause: rpsLimit });
    }
    if (!namespace) return nothing;
    const queue = longPolls.has(method) ? queueIn(request) : undefined;
    if (queue !== undefined && !this.#take('matching.rps', `${namespace.id} ${method} ${queue}`)) {
      throw resourceExhausted('task queue rate limit exceeded', { cause: rpsLimit });
    }
    return longPolls.has(method) ? this.#openPoll(namespace.id) : nothing;
  }

  #take(key: Extract<DynamicConfigKey, `${string}${'rps' | 'RPS'}${string}`>, scope: string): boolean {
    const perSecond = Number(this.#config.get(key));
    if (perSecond <= 0) return true;
    const name = `${key} ${scope}`;
    let limiter = this.#limiters.get(name);
    if (!limiter) {
      // Names of queues are anybody's to choose: what was counted of them is not worth any amount of memory.
      if (this.#limiters.size >= mostLimiters) this.#limiters.clear();
      this.#limiters.set(name, (limiter = new RateLimiter(perSecond, Date.now())));
    }
    return limiter.take(Date.now());
  }

  #openPoll(namespaceId: string): () => void {
    const most = this.#config.get('frontend.namespaceCount');
    if (most <= 0) return nothing;
    const open = this.#openPolls.get(namespaceId) ?? 0;
    if (open >= most) {
      throw resourceExhausted('namespace concurrent poller limit exceeded', { cause: concurrentLimit });
    }
    this.#openPolls.set(namespaceId, open + 1);
    return () => void this.#openPolls.set(namespaceId, (this.#openPolls.get(namespaceId) ?? 1) - 1);
  }
}

function groupOf(method: string) {
  if (visibilityCalls.has(method)) return 'frontend.namespaceRPS.visibility';
  return namespaceChanges.has(method)
    ? 'frontend.namespaceRPS.namespaceReplicationInducingAPIs'
    : 'frontend.namespaceRPS';
}

function queueIn(request: object): string | undefined {
  const queue = 'taskQueue' in request ? request.taskQueue : undefined;
  if (typeof queue !== 'object' || queue === null || !('name' in queue)) return undefined;
  return typeof queue.name === 'string' ? queue.name : undefined;
}
