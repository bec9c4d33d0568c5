import type { google } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';
import { fromDuration } from '../wire-time.ts';

/** A hundred years: longer periods become this one. */
const longestMs = 36_500 * 86_400_000;

/**
 * How long a namespace keeps what has closed, in ms.
 *
 * @throws ServiceError INVALID_ARGUMENT
 */
export function retentionOf(retention: google.protobuf.Duration | null | undefined, leastMs: number): number {
  const retentionMs = fromDuration(retention);
  if (retentionMs < leastMs) throw invalidArgument('A valid retention period is not set on request.');
  return Math.min(retentionMs, longestMs);
}
