import type { Payload } from '@reprise/common';

/** Nothing else in a history has metadata that are bytes. */
export function isPayload(value: unknown): value is Payload {
  if (typeof value !== 'object' || value === null || !('metadata' in value)) return false;
  const { metadata } = value;
  if (typeof metadata !== 'object' || metadata === null) return false;
  return Object.values(metadata).every((item) => item instanceof Uint8Array);
}
