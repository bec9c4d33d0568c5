/** How long polling pauses after polls that failed. */
import { RpcError, StatusCode } from '@reprise/proto';

const FIRST_MS = 200;
const MAX_MS = 10_000;
const FIRST_THROTTLED_MS = 1000;

/** `failures` in a row, the last with `error`. */
export function pollBackoffMs(failures: number, error: unknown): number {
  const first =
    error instanceof RpcError && error.code === StatusCode.RESOURCE_EXHAUSTED ? FIRST_THROTTLED_MS : FIRST_MS;
  return Math.min(MAX_MS, first * 2 ** Math.min(failures - 1, 10));
}
