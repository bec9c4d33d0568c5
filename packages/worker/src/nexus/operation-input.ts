import {
  ApplicationFailure,
  decodePayload,
  fromPayloadWithTypeInfo,
  type LoadedDataConverter,
  type Payload,
  type TypeInfo,
} from '@reprise/common';
import { HandlerError } from 'nexus-rpc';

/** The type of the failures that converters and codecs throw for input that is wrong. */
export const PAYLOAD_VALIDATION_ERROR_TYPE = 'PayloadValidationError';

/**
 * The input of an operation. A codec may succeed when it is tried again, say because its key server is back; a converter
 * gives the same answer to the same bytes.
 *
 * @throws ApplicationFailure and HandlerError that codecs and converters throw, unless it says that the input is invalid
 * @throws HandlerError of type INTERNAL for what else a codec throws, of type BAD_REQUEST for what a converter throws and
 *   for input that is invalid
 */
export async function decodeOperationInput(
  converter: LoadedDataConverter,
  payload: Payload | undefined,
  typeInfo?: TypeInfo,
): Promise<unknown> {
  if (payload === undefined) return undefined;
  const decoded = await decodePayload(converter.payloadCodecs, payload).catch((cause: unknown) => {
    throw inputError(cause, 'INTERNAL', 'Payload codec failed to decode Nexus operation input');
  });
  try {
    return fromPayloadWithTypeInfo(converter.payloadConverter, decoded, undefined, typeInfo);
  } catch (cause) {
    throw inputError(cause, 'BAD_REQUEST', 'Payload converter failed to decode Nexus operation input');
  }
}

function inputError(cause: unknown, type: 'INTERNAL' | 'BAD_REQUEST', message: string): unknown {
  if (cause instanceof HandlerError) return cause;
  if (!(cause instanceof ApplicationFailure)) return new HandlerError(type, message, { cause });
  const isInvalid = cause.type === PAYLOAD_VALIDATION_ERROR_TYPE && cause.nonRetryable === true;
  return isInvalid ? new HandlerError('BAD_REQUEST', 'Invalid operation input', { cause }) : cause;
}
