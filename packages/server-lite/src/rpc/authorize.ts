import { timingSafeEqual } from 'node:crypto';
import { unauthenticated } from '../errors.ts';
import type { Call } from './rpc.ts';

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** With no keys, everybody may call. @returns throws ServiceError UNAUTHENTICATED for calls without a key that is known */
export function authorizer(apiKeys: readonly string[]): (call: Call) => void {
  if (apiKeys.length === 0) return () => {};
  return (call) => {
    const given = /^Bearer (.+)$/.exec(call.headers['authorization'] ?? '')?.[1];
    if (given === undefined)
      throw unauthenticated('Request unauthorized: expected an API key in the authorization header.');
    if (!apiKeys.some((key) => equal(key, given)))
      throw unauthenticated('Request unauthorized: the API key is not known.');
  };
}
