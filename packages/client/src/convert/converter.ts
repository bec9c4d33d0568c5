import {
  dataConverterWithContext,
  decodeFailureToError,
  decodeFromPayload,
  decodeFromPayloads,
  decodeFromPayloadsAtIndex,
  decodeMapFromPayloads,
  encodeErrorToFailure,
  encodeMapToPayloads,
  encodeToPayload,
  encodeToPayloadsOfTypes,
} from '@reprise/common';
import type {
  FailureShape,
  LoadedDataConverter,
  Payload,
  PayloadTypeInfo,
  SerializationContext,
  TypeInfo,
} from '@reprise/common';
import type { temporal } from '@reprise/proto';

/** The shape of temporal.api.common.v1.Payloads. */
export interface PayloadsShape {
  payloads?: Payload[] | null | undefined;
}

/** The wire has no difference between no type of an application failure and an empty one; here it is undefined. */
function withoutEmptyTypes(failure: FailureShape): FailureShape {
  const { cause, applicationFailureInfo: info } = failure;
  return {
    ...failure,
    ...(cause && { cause: withoutEmptyTypes(cause) }),
    ...(info?.type === '' && { applicationFailureInfo: { ...info, type: undefined } }),
  };
}

/** Values of users to the shapes of the wire and back, through converters and codecs. */
export class Converter {
  readonly loaded: LoadedDataConverter;

  constructor(loaded: LoadedDataConverter) {
    this.loaded = loaded;
  }

  /** The same for the payloads of one workflow or activity. */
  within(context: SerializationContext): Converter {
    return new Converter(dataConverterWithContext(this.loaded, context));
  }

  /** Arguments, one payload each. Without arguments there is an empty list, not none: servers keep the difference. */
  async encodeArgs(values: readonly unknown[], types?: PayloadTypeInfo): Promise<{ payloads: Payload[] }> {
    return { payloads: (await encodeToPayloadsOfTypes(this.loaded, values, types?.inputTypes)) ?? [] };
  }

  encodeOne(value: unknown, typeInfo?: TypeInfo): Promise<Payload> {
    return encodeToPayload(this.loaded, value, typeInfo);
  }

  decodeAll(payloads: PayloadsShape | null | undefined, types?: PayloadTypeInfo): Promise<unknown[]> {
    return decodeFromPayloads(this.loaded, payloads?.payloads, types?.inputTypes);
  }

  /** The first value, of a type that may be declared; undefined when there is none. */
  async decodeFirst(payloads: PayloadsShape | null | undefined, typeInfo?: TypeInfo): Promise<unknown> {
    return decodeFromPayloadsAtIndex(this.loaded, 0, payloads?.payloads, typeInfo);
  }

  async decodeOne(payload: Payload | null | undefined): Promise<unknown> {
    return payload ? decodeFromPayload(this.loaded, payload) : undefined;
  }

  encodeMap(values: Record<string, unknown>): Promise<Record<string, Payload>> {
    return encodeMapToPayloads(this.loaded, values);
  }

  decodeMap(fields: Record<string, Payload> | null | undefined): Promise<Record<string, unknown> | undefined> {
    return decodeMapFromPayloads(this.loaded, fields);
  }

  decodeFailure(failure: FailureShape): Promise<Error> {
    return decodeFailureToError(this.loaded, withoutEmptyTypes(failure));
  }

  async encodeFailure(error: unknown): Promise<temporal.api.failure.v1.Failure> {
    return (await encodeErrorToFailure(this.loaded, error)) as temporal.api.failure.v1.Failure;
  }
}
