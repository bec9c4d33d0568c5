/**
 * The payloads of a message, as the units that a codec works on: lists of arguments or results, and single payloads.
 * Search attributes and headers are not among them: the server, or whoever reads a header, must be able to read those.
 * Nor is what this SDK itself writes into markers.
 */
import type { Payload, SerializationContext } from '@reprise/common';
import { decodeMessage, encodeMessage } from '@reprise/proto';
import { ownerOfCommand, ownerOfEvent, type OwnerRun } from './payload-owners.ts';

export interface PayloadUnit {
  /** Names of the fields that lead there. */
  readonly path: readonly string[];
  readonly payloads: Payload[];
  readonly owner: SerializationContext | undefined;
  replace(payloads: Payload[]): void;
}

const exempt: ReadonlySet<string> = new Set(['searchAttributes', 'header']);
/** Messages without payloads of users, whose walk would only cost time, and tasks of others that carry their own. */
const opaque: ReadonlySet<string> = new Set([
  'activityTasks',
  'taskToken',
  'eventTime',
  'workflowExecution',
  'taskQueue',
  'sdkMetadata',
]);
/** Of the details of a marker, the one that is a value of the user. */
const markerResult = 'result';

type Plain = { [key: string]: unknown };

interface Walk {
  readonly units: PayloadUnit[];
  /** Undefined: owners do not matter. */
  readonly run: OwnerRun | undefined;
  /** Called when all units are replaced, innermost first. */
  readonly repack: (() => void)[];
}

interface Place {
  readonly path: readonly string[];
  readonly owner: SerializationContext | undefined;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}

function isPayload(value: Plain): value is Plain & Payload {
  if (value['data'] instanceof Uint8Array) return true;
  const metadata = value['metadata'];
  return isPlain(metadata) && metadata['encoding'] instanceof Uint8Array;
}

function collect(value: Plain, walk: Walk, at: Place): void {
  const { run } = walk;
  let { owner } = at;
  if (run !== undefined && 'eventType' in value) owner = ownerOfEvent(run, value);
  else if (run !== undefined && 'commandType' in value) owner = ownerOfCommand(run, value);
  for (const key in value) {
    const field = value[key];
    if (!isPlain(field) || exempt.has(key) || opaque.has(key)) continue;
    const path = [...at.path, key];
    if (Array.isArray(field) && key === 'payloads') {
      const replace = (payloads: Payload[]): void => void (value[key] = payloads);
      walk.units.push({ path: at.path, payloads: field as Payload[], owner, replace });
    } else if (isPayload(field)) {
      const replace = ([payload]: Payload[]): void => void (value[key] = payload);
      walk.units.push({ path, payloads: [field], owner, replace });
    } else if (isMessageOfAnyType(field)) collectPacked(field, walk, { path, owner });
    else if (key === 'details' && 'markerName' in value) collectResult(field, walk, { path, owner });
    else collect(field, walk, { path, owner });
  }
}

function collectResult(details: Plain, walk: Walk, at: Place): void {
  const result = details[markerResult];
  if (isPlain(result)) collect(result, walk, { ...at, path: [...at.path, markerResult] });
}

/** `google.protobuf.Any`: the requests and answers of updates. */
type Packed = Plain & { typeUrl: string; value: Uint8Array };

function isMessageOfAnyType(value: Plain): value is Packed {
  return typeof value['typeUrl'] === 'string' && value['value'] instanceof Uint8Array;
}

const packedTypes: ReadonlySet<string> = new Set([
  'temporal.api.update.v1.Request',
  'temporal.api.update.v1.Acceptance',
  'temporal.api.update.v1.Rejection',
  'temporal.api.update.v1.Response',
]);
type PackedType = 'temporal.api.update.v1.Request';

function collectPacked(packed: Packed, walk: Walk, at: Place): void {
  const type = packed.typeUrl.slice(packed.typeUrl.lastIndexOf('/') + 1);
  if (!packedTypes.has(type)) return;
  // One of the types above; which one does not matter to the walk.
  const message = decodeMessage(type as PackedType, packed.value);
  const before = walk.units.length;
  collect(message as Plain, walk, at);
  if (walk.units.length > before) walk.repack.push(() => (packed.value = encodeMessage(type as PackedType, message)));
}

/** What is left of a message when `change` has been at each of its units. */
export async function changePayloads(
  message: object,
  change: (unit: PayloadUnit) => Promise<Payload[]>,
  run?: OwnerRun,
): Promise<void> {
  const own: SerializationContext | undefined = run && {
    type: 'workflow',
    namespace: run.namespace,
    workflowId: run.workflowId,
  };
  const walk: Walk = { units: [], run, repack: [] };
  collect(message as Plain, walk, { path: [], owner: own });
  const changed = await Promise.all(walk.units.map(change));
  walk.units.forEach((unit, at) => unit.replace(changed[at] ?? unit.payloads));
  for (const repack of walk.repack) repack();
}

/** The payloads of a message, with the fields that lead to them. */
export function payloadUnits(message: object): readonly Pick<PayloadUnit, 'path' | 'payloads'>[] {
  const walk: Walk = { units: [], run: undefined, repack: [] };
  collect(message as Plain, walk, { path: [], owner: undefined });
  return walk.units;
}
