/** Errors whose wording stays with the server: callers get a number by which to find them in the log. */
import { ServiceError, StatusCode } from './errors.ts';
import { fingerprint32 } from './system/fingerprint.ts';

/** Eight hex digits that the log shows beside the error itself; the service gives the same number to the same words. */
export function maskOf(error: unknown): string {
  return fingerprint32(Buffer.from(String(error)))
    .toString(16)
    .padStart(8, '0');
}

export const maskedMessage = (error: unknown): string => `something went wrong, please retry (${maskOf(error)})`;

/** What the service answers where it meets an error of a library for which it has no words of its own. */
export const maskedError = (reason: string): ServiceError =>
  new ServiceError(StatusCode.UNKNOWN, maskedMessage(reason));
