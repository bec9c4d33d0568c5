/** Failure converters and codecs with a context for the calls that name none of their own. */
import { defaultFailureConverter, type FailureConverter } from './failure-converter.ts';
import type { PayloadCodec } from './payload-codec.ts';
import type { SerializationContext } from './serialization-context.ts';

export function failureConverterInContext(
  converter: FailureConverter,
  context: SerializationContext,
): FailureConverter {
  if (converter === defaultFailureConverter) return converter;
  return {
    errorToFailure: (error, payloads, own = context) => converter.errorToFailure(error, payloads, own),
    failureToError: (failure, payloads, own = context) => converter.failureToError(failure, payloads, own),
  };
}

export function payloadCodecInContext(codec: PayloadCodec, context: SerializationContext): PayloadCodec {
  return {
    encode: (payloads, own = context) => codec.encode(payloads, own),
    decode: (payloads, own = context) => codec.decode(payloads, own),
  };
}
