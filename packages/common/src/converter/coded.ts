/** Values to payloads and back through a whole data converter, codecs included. */
import { ValueError } from '../errors.ts';
import type { FailureShape } from '../failure-shape.ts';
import type { Payload } from '../payload-shape.ts';
import type { LoadedDataConverter } from './data-converter.ts';
import type { TypeInfo } from '../type-info.ts';
import type { PayloadCodec } from './payload-codec.ts';
import type { SerializationContext } from './serialization-context.ts';
import {
  arrayFromPayloads,
  fromPayloadsAtIndex,
  toPayloadWithTypeInfo,
  refuseUnsendable,
  toPayloadsWithContext,
} from './typed-payloads.ts';

type Payloads = readonly Payload[] | null | undefined;

/** Applies codecs in order. */
export async function encodePayloads(
  codecs: readonly PayloadCodec[],
  payloads: Payload[],
  context?: SerializationContext,
): Promise<Payload[]> {
  let coded = payloads;
  for (const codec of codecs) coded = await codec.encode(coded, context);
  return coded;
}

/** Undoes codecs, the last first. */
export async function decodePayloads(
  codecs: readonly PayloadCodec[],
  payloads: readonly Payload[],
  context?: SerializationContext,
): Promise<Payload[]> {
  let plain = [...payloads];
  for (const codec of codecs.toReversed()) plain = await codec.decode(plain, context);
  return plain;
}

async function single(coded: Promise<Payload[]>, what: string): Promise<Payload> {
  const [payload, ...rest] = await coded;
  if (payload === undefined || rest.length > 0) {
    throw new ValueError(
      `Expected codecs to ${what} one payload to one, got ${payload === undefined ? 0 : rest.length + 1}`,
    );
  }
  return payload;
}

/** Encodes one payload. */
export function encodePayload(codecs: readonly PayloadCodec[], payload: Payload): Promise<Payload> {
  return single(encodePayloads(codecs, [payload]), 'encode');
}

/** Decodes one payload. */
export function decodePayload(codecs: readonly PayloadCodec[], payload: Payload): Promise<Payload> {
  return single(decodePayloads(codecs, [payload]), 'decode');
}

/** The encoded payload of a value, of a type that may be declared. */
export async function encodeToPayload(
  converter: LoadedDataConverter,
  value: unknown,
  typeInfo?: TypeInfo,
): Promise<Payload> {
  const payload = toPayloadWithTypeInfo(converter.payloadConverter, value, undefined, typeInfo);
  return await encodePayload(converter.payloadCodecs, payload);
}

/** The encoded payloads of values, or undefined when there are none. */
export async function encodeToPayloads(
  converter: LoadedDataConverter,
  ...values: readonly unknown[]
): Promise<Payload[] | undefined> {
  if (values.length === 0) return undefined;
  return await encodePayloads(
    converter.payloadCodecs,
    values.map((value) => converter.payloadConverter.toPayload(value)),
  );
}

/** Like `encodeToPayloads`, with what is declared of each value's type. */
export async function encodeToPayloadsOfTypes(
  converter: LoadedDataConverter,
  values: readonly unknown[],
  types: readonly TypeInfo[] | undefined,
): Promise<Payload[] | undefined> {
  const payloads = toPayloadsWithContext(converter.payloadConverter, undefined, [...values], types);
  for (const [at, value] of values.entries()) {
    refuseUnsendable(value, payloads?.[at]?.data?.length === 0);
  }
  return payloads && (await encodePayloads(converter.payloadCodecs, payloads));
}

/** The value of one encoded payload. */
export async function decodeFromPayload<T = unknown>(converter: LoadedDataConverter, payload: Payload): Promise<T> {
  return converter.payloadConverter.fromPayload<T>(await decodePayload(converter.payloadCodecs, payload));
}

/** The values of encoded payloads, of types that may be declared; none when there are no payloads. */
export async function decodeFromPayloads(
  converter: LoadedDataConverter,
  payloads: Payloads,
  types?: readonly TypeInfo[],
): Promise<unknown[]> {
  const plain = await decodePayloads(converter.payloadCodecs, payloads ?? []);
  return arrayFromPayloads(converter.payloadConverter, plain, undefined, types);
}

/** The value at one index of encoded payloads, of a type that may be declared; undefined when there is none. */
export async function decodeFromPayloadsAtIndex<T>(
  converter: LoadedDataConverter,
  index: number,
  payloads: Payloads,
  typeInfo?: TypeInfo,
): Promise<T> {
  const plain = await decodePayloads(converter.payloadCodecs, payloads ?? []);
  return fromPayloadsAtIndex(converter.payloadConverter, index, plain, undefined, typeInfo) as T;
}

async function mapValues<A, B>(
  values: Record<string, A>,
  change: (value: A) => Promise<B>,
): Promise<Record<string, B>> {
  const entries = Object.entries(values).map(async ([key, value]) => [key, await change(value)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The encoded payloads of the values of an object (memo); undefined values are left out. */
export async function encodeMapToPayloads(
  converter: LoadedDataConverter,
  values: Record<string, unknown>,
): Promise<Record<string, Payload>> {
  const present = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return await mapValues(present, (value) => encodeToPayload(converter, value));
}

/** The values of an object of encoded payloads (memo). */
export async function decodeMapFromPayloads<T = unknown>(
  converter: LoadedDataConverter,
  payloads: Record<string, Payload> | null | undefined,
): Promise<Record<string, T> | undefined> {
  return payloads ? await mapValues(payloads, (payload) => decodeFromPayload<T>(converter, payload)) : undefined;
}

type OneToOne = (payload: Payload) => Promise<Payload>;
type Many = { payloads?: Payload[] | null | undefined } | null | undefined;

async function recodeMany(many: Many, change: (payloads: Payload[]) => Promise<Payload[]>) {
  return many?.payloads ? { payloads: await change(many.payloads) } : undefined;
}

async function recodeFailure(
  failure: FailureShape,
  one: OneToOne,
  many: (payloads: Payload[]) => Promise<Payload[]>,
): Promise<FailureShape> {
  const recoded: FailureShape = { ...failure };
  if (failure.encodedAttributes) recoded.encodedAttributes = await one(failure.encodedAttributes);
  if (failure.cause) recoded.cause = await recodeFailure(failure.cause, one, many);
  const { applicationFailureInfo, timeoutFailureInfo, canceledFailureInfo, resetWorkflowFailureInfo } = failure;
  const details = await recodeMany(applicationFailureInfo?.details, many);
  if (details) recoded.applicationFailureInfo = { ...applicationFailureInfo, details };
  const lastHeartbeatDetails = await recodeMany(timeoutFailureInfo?.lastHeartbeatDetails, many);
  if (lastHeartbeatDetails) recoded.timeoutFailureInfo = { ...timeoutFailureInfo, lastHeartbeatDetails };
  const cancelDetails = await recodeMany(canceledFailureInfo?.details, many);
  if (cancelDetails) recoded.canceledFailureInfo = { ...canceledFailureInfo, details: cancelDetails };
  const reset = await recodeMany(resetWorkflowFailureInfo?.lastHeartbeatDetails, many);
  if (reset) recoded.resetWorkflowFailureInfo = { lastHeartbeatDetails: reset };
  return recoded;
}

/** Encodes every payload in a failure and its causes. */
export async function encodeFailure(codecs: readonly PayloadCodec[], failure: FailureShape): Promise<FailureShape> {
  if (codecs.length === 0) return failure;
  return await recodeFailure(
    failure,
    (payload) => encodePayload(codecs, payload),
    (payloads) => encodePayloads(codecs, payloads),
  );
}

/** Decodes every payload in a failure and its causes. */
export async function decodeFailure(codecs: readonly PayloadCodec[], failure: FailureShape): Promise<FailureShape> {
  if (codecs.length === 0) return failure;
  return await recodeFailure(
    failure,
    (payload) => decodePayload(codecs, payload),
    (payloads) => decodePayloads(codecs, payloads),
  );
}

/** The encoded failure of a thrown value. */
export async function encodeErrorToFailure(converter: LoadedDataConverter, error: unknown): Promise<FailureShape> {
  const failure = converter.failureConverter.errorToFailure(error, converter.payloadConverter);
  return await encodeFailure(converter.payloadCodecs, failure);
}

/** The error of an encoded failure. */
export async function decodeFailureToError(converter: LoadedDataConverter, failure: FailureShape): Promise<Error> {
  const plain = await decodeFailure(converter.payloadCodecs, failure);
  return converter.failureConverter.failureToError(plain, converter.payloadConverter);
}

/** The error of an encoded failure; undefined stays undefined. */
export async function decodeOptionalFailureToOptionalError(
  converter: LoadedDataConverter,
  failure: FailureShape | null | undefined,
): Promise<Error | undefined> {
  return failure ? await decodeFailureToError(converter, failure) : undefined;
}
