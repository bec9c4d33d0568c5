/** Values to payloads and back with a serialization context for one call, in the order of arguments of the published SDK. */
import type { Payload } from '../payload-shape.ts';
import type { TypeInfo } from '../type-info.ts';
import * as coded from './coded.ts';
import { dataConverterWithContext, type LoadedDataConverter } from './data-converter.ts';
import type { PayloadCodec } from './payload-codec.ts';
import type { SerializationContext } from './serialization-context.ts';
import { userMetadataToPayload } from './user-metadata-to-payload.ts';

type Payloads = readonly Payload[] | null | undefined;
type Context = SerializationContext | undefined;

interface Texts {
  staticSummary: string | undefined;
  staticDetails: string | undefined;
}

/** The encoded payload of a value, of a type that may be declared. */
export function encodeToPayload<T>(
  converter: LoadedDataConverter,
  value: T,
  context?: Context,
  typeInfo?: TypeInfo,
): Promise<Payload> {
  return coded.encodeToPayload(within(converter, context), value, typeInfo);
}

/** The encoded payloads of values; undefined when there are none. */
export function encodeToPayloadsWithContext(
  converter: LoadedDataConverter,
  context: Context,
  values: readonly unknown[],
  types?: readonly TypeInfo[],
): Promise<Payload[] | undefined> {
  return coded.encodeToPayloadsOfTypes(within(converter, context), values, types);
}

/** The values of encoded payloads; none when there are no payloads. */
export function decodeArrayFromPayloads(
  converter: LoadedDataConverter,
  payloads: Payloads,
  context?: Context,
  types?: readonly TypeInfo[],
): Promise<unknown[]> {
  return coded.decodeFromPayloads(within(converter, context), payloads, types);
}

/** The value at one index of encoded payloads; undefined when there is none. */
export function decodeFromPayloadsAtIndex<T>(
  converter: LoadedDataConverter,
  index: number,
  payloads: Payloads,
  context?: Context,
): Promise<T> {
  return coded.decodeFromPayloadsAtIndex<T>(within(converter, context), index, payloads);
}

/** The encoded payloads of the values of an object; undefined values are left out. */
export function encodeMapToPayloads(
  converter: LoadedDataConverter,
  values: Record<string, unknown>,
  context?: Context,
): Promise<Record<string, Payload>> {
  return coded.encodeMapToPayloads(within(converter, context), values);
}

/** The values of an object of encoded payloads. */
export function decodeMapFromPayloads<T = unknown>(
  converter: LoadedDataConverter,
  payloads: Record<string, Payload> | null | undefined,
  context?: Context,
): Promise<Record<string, T> | undefined> {
  return coded.decodeMapFromPayloads<T>(within(converter, context), payloads);
}

/** Undoes codecs on a payload, if there is one. */
export async function decodeOptionalSingle(
  codecs: readonly PayloadCodec[],
  payload: Payload | null | undefined,
): Promise<Payload | null | undefined> {
  return payload && (await coded.decodePayload(codecs, payload));
}

/** The value of an encoded payload, if there is one. */
export async function decodeOptionalSinglePayload<T>(
  converter: LoadedDataConverter,
  payload?: Payload | null,
  context?: Context,
): Promise<T | null | undefined> {
  return payload ? await coded.decodeFromPayload<T>(within(converter, context), payload) : payload;
}

/** Summary and details as user interfaces show them; undefined when there are none. */
export async function encodeUserMetadata(
  converter: LoadedDataConverter,
  staticSummary: string | undefined,
  staticDetails: string | undefined,
  context?: Context,
): Promise<{ summary?: Payload; details?: Payload } | undefined> {
  const { payloadConverter, payloadCodecs } = within(converter, context);
  const metadata = userMetadataToPayload(payloadConverter, staticSummary, staticDetails);
  if (metadata === undefined) return undefined;
  const { summary, details } = metadata;
  return {
    ...(summary && { summary: await coded.encodePayload(payloadCodecs, summary) }),
    ...(details && { details: await coded.encodePayload(payloadCodecs, details) }),
  };
}

/** The texts of a `UserMetadata`. */
export async function decodeUserMetadata(
  converter: LoadedDataConverter,
  metadata: { summary?: Payload | null | undefined; details?: Payload | null | undefined } | null | undefined,
  context?: Context,
): Promise<Texts> {
  const text = async (payload: Payload | null | undefined): Promise<string | undefined> =>
    (await decodeOptionalSinglePayload<string>(converter, payload, context)) ?? undefined;
  return { staticSummary: await text(metadata?.summary), staticDetails: await text(metadata?.details) };
}

/** The error of an encoded failure; undefined stays undefined. */
export function decodeOptionalFailureToOptionalError(
  converter: LoadedDataConverter,
  failure: Parameters<typeof coded.decodeOptionalFailureToOptionalError>[1],
  context?: Context,
): Promise<Error | undefined> {
  return coded.decodeOptionalFailureToOptionalError(within(converter, context), failure);
}

/** The encoded failure of a thrown value. */
export function encodeErrorToFailure(
  converter: LoadedDataConverter,
  error: unknown,
  context?: Context,
): ReturnType<typeof coded.encodeErrorToFailure> {
  return coded.encodeErrorToFailure(within(converter, context), error);
}

function within(converter: LoadedDataConverter, context: Context): LoadedDataConverter {
  return context === undefined ? converter : dataConverterWithContext(converter, context);
}
