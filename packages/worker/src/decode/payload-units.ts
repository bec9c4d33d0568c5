/**
 * The payloads of a message, as the units that a codec works on: lists of arguments or results, and single payloads.
 * Search attributes and headers are not among them: the server, or whoever reads a header, must be able to read those.
 */
import type { Payload, PayloadCodec } from '@reprise/common';
import { decodePayloads, encodePayloads } from '@reprise/common';

interface Unit {
  /** Names of the fields that lead there. */
  readonly path: readonly string[];
  readonly payloads: Payload[];
  replace(payloads: Payload[]): void;
}

const exempt: ReadonlySet<string> = new Set(['searchAttributes', 'header']);
/** Messages without payloads of users, whose walk would only cost time. */
const opaque: ReadonlySet<string> = new Set([
  'taskToken',
  'eventTime',
  'workflowExecution',
  'taskQueue',
  'sdkMetadata',
]);

type Plain = { [key: string]: unknown };

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function isPayload(value: Plain): value is Plain & Payload {
  if (value['data'] instanceof Uint8Array) return true;
  const metadata = value['metadata'];
  return isPlain(metadata) && metadata['encoding'] instanceof Uint8Array;
}

function collect(value: Plain, units: Unit[], path: readonly string[]): void {
  for (const key in value) {
    const field = value[key];
    if (!isPlain(field) || exempt.has(key) || opaque.has(key)) continue;
    if (Array.isArray(field) && key === 'payloads') {
      units.push({ path, payloads: field as Payload[], replace: (payloads) => (value[key] = payloads) });
    } else if (isPayload(field)) {
      units.push({
        path: [...path, key],
        payloads: [field],
        replace: ([payload]) => {
          value[key] = payload;
        },
      });
    } else collect(field, units, [...path, key]);
  }
}

async function change(
  message: object,
  codecs: readonly PayloadCodec[],
  by: (codecs: readonly PayloadCodec[], payloads: Payload[]) => Promise<Payload[]>,
): Promise<void> {
  if (codecs.length === 0) return;
  const units: Unit[] = [];
  collect(message as Plain, units, []);
  const changed = await Promise.all(units.map(({ payloads }) => by(codecs, payloads)));
  units.forEach((unit, at) => {
    unit.replace(changed[at] ?? unit.payloads);
  });
}

/** The payloads of a message, with the fields that lead to them. */
export function payloadUnits(message: object): readonly Pick<Unit, 'path' | 'payloads'>[] {
  const units: Unit[] = [];
  collect(message as Plain, units, []);
  return units;
}

/** Runs every payload in `message` through the codecs, in place, as it comes from the server. */
export function decodeMessagePayloads(message: object, codecs: readonly PayloadCodec[]): Promise<void> {
  return change(message, codecs, (using, payloads) => decodePayloads(using, payloads));
}

/** Runs every payload in `message` through the codecs, in place, before it goes to the server. */
export function encodeMessagePayloads(message: object, codecs: readonly PayloadCodec[]): Promise<void> {
  return change(message, codecs, (using, payloads) => encodePayloads(using, payloads));
}
