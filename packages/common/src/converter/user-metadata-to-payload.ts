import type { Payload } from '../payload-shape.ts';
import type { PayloadConverter } from './payload-converter.ts';
import type { SerializationContext } from './serialization-context.ts';
import { convertOptionalToPayload } from './typed-payloads.ts';

/** Summary and details as user interfaces show them; undefined when there are none. */
export function userMetadataToPayload(
  converter: PayloadConverter,
  staticSummary: string | undefined,
  staticDetails: string | undefined,
  context?: SerializationContext,
): { summary?: Payload; details?: Payload } | undefined {
  const [summary, details] = [staticSummary, staticDetails].map((text) =>
    convertOptionalToPayload(converter, text, context),
  );
  return summary || details ? { ...(summary && { summary }), ...(details && { details }) } : undefined;
}
