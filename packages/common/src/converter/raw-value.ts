import { brandError } from '../brand.ts';
import type { Payload } from '../payload-shape.ts';
import type { TypeInfo } from '../type-info.ts';
import { defaultPayloadConverter } from './default-payload-converter.ts';
import type { PayloadConverter } from './payload-converter.ts';
import type { SerializationContext } from './serialization-context.ts';

/** Carries the type of a RawValue's content, for the compiler only. */
export const rawPayloadTypeBrand: unique symbol = Symbol.for('__temporal_rawPayloadTypeBrand');

const identityConverter = { toPayload: (payload: unknown): Payload => payload as Payload };

/** A payload that is passed on as it is, by whatever converter; codecs still apply. */
export class RawValue<T = unknown> {
  declare readonly [rawPayloadTypeBrand]: T;
  readonly #payload: Payload;

  /**
   * Converts a value now.
   *
   * @param payloadConverter default: the default one
   * @example const greeting = new RawValue('hello');
   */
  constructor(
    value: T,
    payloadConverter: Pick<PayloadConverter, 'toPayload'> = defaultPayloadConverter,
    context?: SerializationContext,
  ) {
    this.#payload = payloadConverter.toPayload(value, context);
  }

  /** Takes a payload as it is. */
  static fromPayload(payload: Payload): RawValue {
    return new RawValue<unknown>(payload, identityConverter);
  }

  get payload(): Payload {
    return this.#payload;
  }

  static {
    brandError(this as unknown as new () => Error, 'RawValue');
  }
}

const rawValueInfo = Symbol.for('__temporal_rawValueTypeInfo');

/** Says of a value that it is a RawValue: its payload goes past the payload converter in both directions. */
export const rawValueTypeInfo: TypeInfo<RawValue> = { [rawValueInfo]: true } as TypeInfo<RawValue>;

/** Whether a type is that of raw values. */
export function isRawValueTypeInfo(typeInfo: object | undefined): boolean {
  return typeInfo !== undefined && rawValueInfo in typeInfo;
}
