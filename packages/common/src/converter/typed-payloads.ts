/** Values and lists of values to payloads and back, with what is declared of their types. */
import { ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';
import type { TypeInfo } from '../type-info.ts';
import type { PayloadConverter } from './payload-converter.ts';
import { isRawValueTypeInfo, RawValue } from './raw-value.ts';
import type { SerializationContext } from './serialization-context.ts';

/**
 * The payload of a value of a declared type.
 *
 * @throws ValueError when the value cannot be converted, or is declared to be a RawValue and is none
 */
export function toPayloadWithTypeInfo<T, D = T>(
  converter: PayloadConverter,
  value: T,
  context: SerializationContext | undefined,
  typeInfo: TypeInfo<T, D> | undefined,
): Payload {
  if (isRawValueTypeInfo(typeInfo)) {
    if (value instanceof RawValue) return value.payload;
    throw new ValueError('RawValue TypeInfo requires a RawValue value');
  }
  const { transferTypeConverter, payloadConverterHint } = typeInfo ?? {};
  // Without a transfer type, the value is what its converter takes.
  const transferred = transferTypeConverter ? transferTypeConverter.toTransferType(value) : (value as unknown as D);
  return converter.toPayload(transferred, context, payloadConverterHint);
}

/** The value of a declared type in a payload. */
export function fromPayloadWithTypeInfo<T, D = T>(
  converter: PayloadConverter,
  payload: Payload,
  context: SerializationContext | undefined,
  typeInfo: TypeInfo<T, D> | undefined,
): T {
  if (isRawValueTypeInfo(typeInfo)) return RawValue.fromPayload(payload) as T;
  const { transferTypeConverter, payloadConverterHint } = typeInfo ?? {};
  const transferred = converter.fromPayload<D>(payload, context, payloadConverterHint);
  return transferTypeConverter ? transferTypeConverter.fromTransferType(transferred) : (transferred as unknown as T);
}

/** The payloads of values, or undefined when there are none. */
export function toPayloads(converter: PayloadConverter, ...values: unknown[]): Payload[] | undefined {
  return toPayloadsWithContext(converter, undefined, values);
}

/** Like `toPayloads`, in a serialization context, with what is declared of each value's type. */
export function toPayloadsWithContext(
  converter: PayloadConverter,
  context: SerializationContext | undefined,
  values: unknown[],
  typeInfo?: readonly TypeInfo[],
): Payload[] | undefined {
  if (values.length === 0) return undefined;
  return values.map((value, at) => {
    try {
      return toPayloadWithTypeInfo(converter, value, context, typeInfo?.[at]);
    } catch (error) {
      throw ofArgument(error, at, values.length);
    }
  });
}

/**
 * Refuses an argument of which nothing is left as a payload: a function or symbol, unless a converter made something of it.
 * Whoever it was for could not read it.
 */
export function refuseUnsendable(value: unknown, isEmpty: boolean): void {
  if (!isEmpty || (typeof value !== 'function' && typeof value !== 'symbol')) return;
  const what = typeof value === 'function' ? `function ${value.name}`.trim() : String(value);
  throw new ValueError(
    `Unable to convert ${what} to payload: a ${typeof value} cannot be sent; pass data that tells the other side what to do`,
  );
}

/** The error of a value that cannot be converted, with its place among several. */
export function ofArgument(error: unknown, at: number, count: number): unknown {
  if (!(error instanceof ValueError) || count < 2) return error;
  return new ValueError(`${error.message} (value ${at + 1} of ${count})`, error.cause);
}

/** The payload of a value, but what is missing stays missing. */
export function convertOptionalToPayload(
  converter: PayloadConverter,
  value: unknown,
  context?: SerializationContext,
): Payload | null | undefined {
  return value === undefined || value === null ? value : converter.toPayload(value, context);
}

/** The value at one index; missing payloads give undefined. */
export function fromPayloadsAtIndex<T, D = T>(
  converter: PayloadConverter,
  index: number,
  payloads?: readonly Payload[] | null,
  ...about: [context?: SerializationContext | undefined, typeInfo?: TypeInfo<T, D>]
): T {
  const [context, typeInfo] = about;
  const payload = payloads?.[index];
  // A missing payload means that the other side passed nothing.
  return payload === undefined ? (undefined as T) : fromPayloadWithTypeInfo(converter, payload, context, typeInfo);
}

/** The values of payloads; none when there are no payloads. */
export function arrayFromPayloads(
  converter: PayloadConverter,
  payloads?: readonly Payload[] | null,
  context?: SerializationContext,
  typeInfo?: readonly TypeInfo[],
): unknown[] {
  return (payloads ?? []).map((payload, at) => fromPayloadWithTypeInfo(converter, payload, context, typeInfo?.[at]));
}

/** The payloads of the values of an object. */
export function mapToPayloads<K extends string>(
  converter: PayloadConverter,
  values: Record<K, unknown>,
  context?: SerializationContext,
): Record<K, Payload> {
  const entries = Object.entries(values).map(([key, value]) => [key, converter.toPayload(value, context)]);
  return Object.fromEntries(entries) as Record<K, Payload>;
}

/** The values of an object of payloads; undefined stays undefined. */
export function mapFromPayloads<K extends string, T = unknown>(
  converter: PayloadConverter,
  payloads?: Record<K, Payload> | null,
  context?: SerializationContext,
): Record<K, T> | undefined {
  if (payloads === null || payloads === undefined) return undefined;
  const entries = Object.entries<Payload>(payloads).map(([key, payload]) => [
    key,
    converter.fromPayload<T>(payload, context),
  ]);
  return Object.fromEntries(entries) as Record<K, T>;
}
