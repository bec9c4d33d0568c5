import { decodeSearchAttributes } from '@reprise/common';
import type { Payload } from '@reprise/common';

/** The values that a group of a count has in common, each as a list, the way untyped search attributes are. */
export function decodeGroupValues(payloads: readonly Payload[] | null | undefined): unknown[] {
  return (payloads ?? []).map((payload) => decodeSearchAttributes({ value: payload })['value'] ?? []);
}
