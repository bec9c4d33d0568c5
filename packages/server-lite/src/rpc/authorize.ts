import { timingSafeEqual } from 'node:crypto';
import { Health } from '@reprise/proto';
import { unauthenticated } from '../errors.ts';
import type { Call } from './rpc.ts';

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whoever watches over servers has no keys to them. */
const open: ReadonlySet<string> = new Set([Health.name]);

/** Throws ServiceError UNAUTHENTICATED when a call of this service carries no key that is known. */
export type Authorize = (call: Pick<Call, 'headers'>, service: string) => void;

/** With no keys, everybody may call. */
export function authorizer(apiKeys: readonly string[]): Authorize {
  if (apiKeys.length === 0) return () => {};
  return (call, service) => {
    if (open.has(service)) return;
    const given = /^Bearer (.+)$/.exec(call.headers['authorization'] ?? '')?.[1];
    if (given === undefined)
      throw unauthenticated('Request unauthorized: expected an API key in the authorization header.');
    if (!apiKeys.some((key) => equal(key, given)))
      throw unauthenticated('Request unauthorized: the API key is not known.');
  };
}
