import type { temporal } from '@reprise/proto';
import { invalidArgument } from '../../errors.ts';

/** @throws ServiceError INVALID_ARGUMENT when a handler's failure has details that history cannot show */
export function requireJsonDetails(failure: temporal.api.nexus.v1.Failure | null | undefined): void {
  if (!failure?.details?.length) return;
  try {
    JSON.parse(Buffer.from(failure.details).toString());
  } catch {
    throw invalidArgument('failure details must be JSON serializable');
  }
}
