import { CircuitBreaker } from './circuit-breaker.ts';

type Purpose = 'start' | 'cancel';

/** One circuit breaker for each endpoint that a namespace calls, and for what it asks of it. */
export class NexusBreakers {
  readonly #breakers = new Map<string, CircuitBreaker>();

  of(purpose: Purpose, namespaceId: string, endpoint: string): CircuitBreaker {
    const key = `${purpose}/${namespaceId}/${endpoint}`;
    let breaker = this.#breakers.get(key);
    if (!breaker) this.#breakers.set(key, (breaker = new CircuitBreaker()));
    return breaker;
  }
}
