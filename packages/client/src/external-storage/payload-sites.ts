/**
 * The places of a message where payloads are: lists of them and single ones, in the order of its fields. Search attributes
 * are none: the server must be able to read them. Nor is what SDKs themselves write into markers.
 */
import type { Payload } from '@reprise/common';
import { decodeMessage, encodeMessage } from '@reprise/proto';

export interface PayloadSite<Target> {
  readonly payloads: Payload[];
  readonly target: Target;
  replace(payloads: Payload[]): void;
}

export interface SiteWalk<Target> {
  readonly target: Target;
  /** Whom the payloads within a message are for, from whom those around it are for. Default: the same. */
  readonly targetWithin?: (message: object, target: Target) => Target;
  /** Names of fields that are left alone. */
  readonly except?: ReadonlySet<string>;
}

export interface PayloadSites<Target> {
  readonly sites: readonly PayloadSite<Target>[];
  /** To be called when all sites have been replaced. */
  finish(): void;
}

type Plain = Record<string, unknown>;

const never = 'searchAttributes';
/** The messages of protocols that carry payloads, packed in `google.protobuf.Any`. */
const packedType = /temporal\.api\.update\.v1\.(?:Request|Acceptance|Rejection|Response)$/;
type PackedType = 'temporal.api.update.v1.Request';

/** Finds the sites of a message. */
export function payloadSites<Target>(message: object, walk: SiteWalk<Target>): PayloadSites<Target> {
  const found: Found<Target> = { sites: [], packed: [], walk };
  collect(message as Plain, found, walk.target);
  return {
    sites: found.sites,
    finish: () => {
      for (const repack of found.packed.toReversed()) repack();
    },
  };
}

interface Found<Target> {
  readonly sites: PayloadSite<Target>[];
  readonly packed: (() => void)[];
  readonly walk: SiteWalk<Target>;
}

function collect<Target>(value: Plain, found: Found<Target>, outer: Target): void {
  const { targetWithin, except } = found.walk;
  const target = targetWithin === undefined ? outer : targetWithin(value, outer);
  for (const key in value) {
    const field = value[key];
    if (!isPlain(field) || key === never || except?.has(key) === true) continue;
    if (isPayloads(field)) {
      found.sites.push({ payloads: field, target, replace: (replaced) => void (value[key] = replaced) });
    } else if (isPayload(field)) {
      found.sites.push({ payloads: [field], target, replace: ([replaced]) => void (value[key] = replaced) });
    } else if (isPacked(field)) unpack(field, found, target);
    else if (key === 'details' && 'markerName' in value) collect({ result: field['result'] }, found, target);
    else collect(field, found, target);
  }
}

function unpack<Target>(packed: Packed, found: Found<Target>, target: Target): void {
  const type = packedType.exec(packed.typeUrl)?.[0] as PackedType | undefined;
  if (type === undefined) return;
  const message = decodeMessage(type, packed.value);
  const before = found.sites.length;
  collect(message as Plain, found, target);
  if (found.sites.length > before) found.packed.push(() => (packed.value = encodeMessage(type, message)));
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function isPayload(value: Plain): value is Plain & Payload {
  if (value['data'] instanceof Uint8Array && !('encodingType' in value)) return true;
  const { metadata } = value;
  return isPlain(metadata) && metadata['encoding'] instanceof Uint8Array;
}

function isPayloads(value: unknown): value is Payload[] {
  return Array.isArray(value) && value.length > 0 && value.every((one: unknown) => isPlain(one) && isPayload(one));
}

type Packed = Plain & { typeUrl: string; value: Uint8Array };

function isPacked(value: Plain): value is Packed {
  return typeof value['typeUrl'] === 'string' && value['value'] instanceof Uint8Array;
}
