import type { temporal } from '@reprise/proto';

type Failure = temporal.api.failure.v1.Failure;

/** The innermost failure, since those around it only say where it came through. */
export function failureText(failure: Failure | null | undefined): string {
  let innermost = failure;
  while (innermost?.cause) innermost = innermost.cause;
  if (!innermost) return 'no failure recorded';
  const type = innermost.applicationFailureInfo?.type;
  const message = (innermost.message ?? '').split('\n')[0] ?? '';
  return type ? `${type}: ${message}` : message;
}
