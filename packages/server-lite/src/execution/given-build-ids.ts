import type { Execution } from './execution.ts';
import type { Payload } from './wire.ts';

const attribute = 'BuildIds';
const decoder = new TextDecoder();

/** Clients may set the attribute in which the service keeps the builds that have worked on a run: it goes on from there. */
export function takeBuildIds(
  { versioning }: Pick<Execution, 'versioning'>,
  fields: { [key: string]: Payload } | null | undefined,
): void {
  const given = fields?.[attribute];
  if (!given) return;
  const value: unknown = given.data?.length ? JSON.parse(decoder.decode(given.data)) : [];
  const builds = Array.isArray(value) ? value : [value];
  versioning.builds = builds.filter((build): build is string => typeof build === 'string' && !isOwn(build));
}

/** What the service puts before the builds anew each time. */
const isOwn = (build: string): boolean => build === 'unversioned' || /^(assigned|pinned):/.test(build);

const ownAttributes = [attribute, 'BinaryChecksums'];

/** A workflow has set attributes: those of the service's own show what it says, until the service has more to say. */
export function noteGiven(
  { versioning }: Pick<Execution, 'versioning'>,
  fields: { [key: string]: Payload } | null | undefined,
): void {
  const given = ownAttributes.filter((name) => fields?.[name]);
  if (given.length > 0) versioning.given = new Set([...versioning.given, ...given]);
}

export function noteOwn({ versioning }: Pick<Execution, 'versioning'>, name: 'BuildIds' | 'BinaryChecksums'): void {
  if (!versioning.given.has(name)) return;
  versioning.given = new Set([...versioning.given].filter((given) => given !== name));
}
