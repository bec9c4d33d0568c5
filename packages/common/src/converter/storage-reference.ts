/** The payload that stands for one that is kept elsewhere: `temporal.api.sdk.v1.ExternalStorageReference`, as proto3 JSON. */
import { isRecord } from '../brand.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../payload-shape.ts';
import { str, u8 } from '../text-bytes.ts';
import { encodingTypes, METADATA_ENCODING_KEY, METADATA_MESSAGE_TYPE_KEY } from './payload-encodings.ts';

const REFERENCE_MESSAGE_TYPE = 'temporal.api.sdk.v1.ExternalStorageReference';

export interface StorageReference {
  readonly driverName: string;
  readonly claimData: Record<string, string>;
  /** Of the payload that is kept elsewhere. */
  readonly sizeBytes: number;
}

/** Whether a payload stands for another one. */
export function isStorageReference({ metadata }: Payload): boolean {
  const type = metadata?.[METADATA_MESSAGE_TYPE_KEY];
  const encoding = metadata?.[METADATA_ENCODING_KEY];
  if (!(type instanceof Uint8Array) || !(encoding instanceof Uint8Array)) return false;
  return str(encoding) === encodingTypes.METADATA_ENCODING_PROTOBUF_JSON && str(type) === REFERENCE_MESSAGE_TYPE;
}

export function encodeStorageReference({ driverName, claimData, sizeBytes }: StorageReference): Payload {
  return {
    metadata: {
      [METADATA_ENCODING_KEY]: u8(encodingTypes.METADATA_ENCODING_PROTOBUF_JSON),
      [METADATA_MESSAGE_TYPE_KEY]: u8(REFERENCE_MESSAGE_TYPE),
    },
    data: u8(JSON.stringify({ driverName, claimData })),
    externalPayloads: [{ sizeBytes }],
  };
}

/** @throws ValueError for a reference that names no driver */
export function decodeStorageReference({ data, externalPayloads }: Payload): StorageReference {
  const json: unknown = JSON.parse(str(data ?? new Uint8Array()));
  const fields = isRecord(json) ? json : {};
  const driverName = fields['driverName'] ?? fields['driver_name'];
  const claimData = fields['claimData'] ?? fields['claim_data'] ?? {};
  if (typeof driverName !== 'string' || driverName === '')
    throw new ValueError("Reference payload field 'driverName' must be a non-empty string");
  const sizeBytes = externalPayloads?.[0]?.sizeBytes ?? 0;
  return { driverName, claimData: { ...(claimData as Record<string, string>) }, sizeBytes };
}
