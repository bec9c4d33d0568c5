/** Errors whose wording stays with the server: callers get a number by which to find them in the log. */
import { createHash } from 'node:crypto';
import { ServiceError, StatusCode } from './errors.ts';

/** Eight hex digits that the log shows beside the error itself. */
export function maskOf(error: unknown): string {
  return createHash('sha256').update(String(error)).digest('hex').slice(0, 8);
}

export const maskedMessage = (error: unknown): string => `something went wrong, please retry (${maskOf(error)})`;

/** What the service answers where it meets an error of a library for which it has no words of its own. */
export const maskedError = (reason: string): ServiceError =>
  new ServiceError(StatusCode.UNKNOWN, maskedMessage(reason));
