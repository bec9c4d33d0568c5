/** Finds the payloads of a message by what its type says of its fields, and has each replaced in place. */
import { lookupType, type MessageTypes } from '@reprise/proto';
import type { Payload } from '../../payload-shape.ts';

/** What a walk asks for at each payload. */
export interface WalkEnv<Context> {
  transformPayload(payload: Payload, context: Context): Promise<Payload>;
  transformPayloads(payloads: Payload[], context: Context): Promise<Payload[]>;
  deriveContext?: ((message: object, typeName: string, context: Context) => Context) | undefined;
  skipHeaders: boolean;
  skipSearchAttributes: boolean;
}

/** Starts the transforms of all payloads below `root`: of each message its payloads first, what is one of several last. */
export type Walk<Root> = <Context>(root: Root, env: WalkEnv<Context>, context: Context) => Promise<unknown>[];

type Plain = Record<string, unknown>;

type Form = 'single' | 'repeated' | 'map';

interface Branch {
  readonly name: string;
  readonly type: string;
  readonly form: Form;
  readonly rank: number;
}

const payloadType = 'temporal.api.common.v1.Payload';
const headerType = 'temporal.api.common.v1.Header';
const searchAttributesType = 'temporal.api.common.v1.SearchAttributes';

/** For each type the fields below which payloads may be. */
const branches = new Map<string, readonly Branch[]>();

/** The walk of a message of the service. */
export function walkOf<Name extends keyof MessageTypes>(type: Name): Walk<MessageTypes[Name]> {
  return (root, env, context) => {
    const pending: Promise<unknown>[] = [];
    walkMessage(root, type, { env, pending }, context);
    return pending;
  };
}

function walkMessage<Context>(
  message: object,
  type: string,
  walk: { env: WalkEnv<Context>; pending: Promise<unknown>[] },
  outer: Context,
): void {
  const { env, pending } = walk;
  const context = env.deriveContext === undefined ? outer : env.deriveContext(message, type, outer);
  for (const branch of branchesOf(type)) {
    if (env.skipHeaders && isHeaders(branch)) continue;
    if (env.skipSearchAttributes && branch.type === searchAttributesType) continue;
    const holder = message as Plain;
    const value = holder[branch.name];
    if (typeof value !== 'object' || value === null) continue;
    if (branch.type === payloadType) pending.push(...transforms(holder, branch, env, context));
    else for (const below of messagesIn(value, branch.form)) walkMessage(below, branch.type, walk, context);
  }
}

function transforms<Context>(
  holder: Plain,
  { name, form }: Branch,
  env: WalkEnv<Context>,
  context: Context,
): Promise<void>[] {
  const value = holder[name] as object;
  const put = (into: Plain, key: string) => (transformed: unknown) => void (into[key] = transformed);
  if (form === 'single') return [env.transformPayload(value, context).then(put(holder, name))];
  if (form === 'map') {
    return Object.entries(value).map(([key, payload]) =>
      env.transformPayload(payload as Payload, context).then(put(value as Plain, key)),
    );
  }
  const payloads = value as Payload[];
  return payloads.length === 0 ? [] : [env.transformPayloads(payloads, context).then(put(holder, name))];
}

function messagesIn(value: object, form: Form): object[] {
  if (form === 'single') return [value];
  return (form === 'map' ? Object.values(value) : (value as unknown[])).filter((one) => typeof one === 'object');
}

/** Headers of commands and of activities are messages; those of queries and the like are maps of payloads. */
function isHeaders({ name, type }: Branch): boolean {
  return type === headerType || (type === payloadType && (name === 'headers' || name === 'headerFields'));
}

function branchesOf(type: string): readonly Branch[] {
  let found = branches.get(type);
  if (found === undefined) {
    found = fieldsWithMessages(type)
      .filter((field) => holdsPayloads(field.type, new Set()))
      .toSorted((a, b) => a.rank - b.rank);
    branches.set(type, found);
  }
  return found;
}

function holdsPayloads(type: string, seen: Set<string>): boolean {
  if (type === payloadType) return true;
  if (seen.has(type)) return false;
  seen.add(type);
  return fieldsWithMessages(type).some((field) => holdsPayloads(field.type, seen));
}

function fieldsWithMessages(type: string): readonly Branch[] {
  return lookupType(type).fieldsArray.flatMap((field) => {
    if (typeof field.resolvedType !== 'function') return [];
    const { name, type: of } = field;
    return [{ name, type: of, form: formOf(field), rank: rankOf(field) }];
  });
}

function rankOf({ type, partOf }: { type: string; partOf: object | null }): number {
  if (type === payloadType) return 0;
  return partOf === null ? 1 : 2;
}

function formOf({ map, repeated }: { map: boolean; repeated: boolean }): Form {
  if (map) return 'map';
  return repeated ? 'repeated' : 'single';
}
