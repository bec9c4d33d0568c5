/**
 * The error of a Nexus handler. The class that users know is HandlerError of the nexus-rpc package; both share a brand, so
 * either side recognises the other's.
 */
import { isRecord } from './brand.ts';

const BRAND = Symbol.for('__nexus_isHandlerError');

/** NexusHandlerErrorRetryBehavior: 0 unspecified, 1 retryable, 2 non-retryable. */
export function nexusRetryable(behavior: number | null | undefined): boolean | undefined {
  if (behavior === 1) return true;
  return behavior === 2 ? false : undefined;
}

export function nexusRetryBehavior(error: { retryableOverride?: unknown }): number {
  if (error.retryableOverride === true) return 1;
  return error.retryableOverride === false ? 2 : 0;
}

const FINAL_TYPES: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'UNAUTHORIZED',
  'NOT_FOUND',
  'NOT_IMPLEMENTED',
]);

/** A Nexus handler refused or failed a request. */
export class NexusHandlerError extends Error {
  override readonly name = 'HandlerError';
  /** The kind of error, such as `BAD_REQUEST` or `NOT_FOUND`. */
  readonly type: string;
  /** Set when the handler said whether the request may be tried again, whatever its type says. */
  readonly retryableOverride: boolean | undefined;
  constructor(type: string, message?: string, options: { cause?: unknown; retryable?: boolean | undefined } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.type = type;
    this.retryableOverride = options.retryable;
  }

  /** Whether the request may be tried again: as the handler said, or as is usual for the type. */
  get retryable(): boolean {
    return this.retryableOverride ?? !FINAL_TYPES.has(this.type);
  }
  static {
    Object.defineProperty(this.prototype, BRAND, { value: true });
  }
}

/** True for handler errors of this package and of nexus-rpc. */
export function isNexusHandlerError(error: unknown): error is NexusHandlerError {
  return (
    isRecord(error) &&
    (error[BRAND] === true || (error['name'] === 'HandlerError' && typeof error['type'] === 'string'))
  );
}
