import { defaultPayloadConverter } from './default-payload-converter.ts';
import type { PayloadConverter } from './payload-converter.ts';
import type { SerializationContext } from './serialization-context.ts';

/** The converter with a context for the calls that name none of their own. */
export function payloadConverterInContext(
  converter: PayloadConverter,
  context: SerializationContext,
): PayloadConverter {
  // The default one converts the same way in all contexts, and is recognised by identity on hot paths.
  if (converter === defaultPayloadConverter) return converter;
  return {
    toPayload: (value, own = context, hint) => converter.toPayload(value, own, hint),
    fromPayload: (payload, own = context, hint) => converter.fromPayload(payload, own, hint),
    ...(converter.validateConverterHint === undefined
      ? {}
      : { validateConverterHint: (hint) => converter.validateConverterHint?.(hint) === true }),
  };
}
