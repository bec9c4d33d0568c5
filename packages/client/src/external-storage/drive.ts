/** Payloads to drivers and back: each driver is asked once for all that is its own. */
import {
  decodeStorageReference,
  encodeStorageReference,
  isStorageReference,
  StorageDriverClaim,
  ValueError,
  type ExternalStorage,
  type Payload,
  type StorageDriver,
  type StorageDriverTargetInfo,
} from '@reprise/common';
import { encodeMessage } from '@reprise/proto';

interface Group<Item> {
  readonly driver: StorageDriver;
  readonly items: (Item & { readonly at: number })[];
}

/** The payloads, with references in the place of those that are stored. */
export async function storePayloads(
  storage: ExternalStorage,
  payloads: Payload[],
  target: StorageDriverTargetInfo | undefined,
): Promise<Payload[]> {
  const abort = new AbortController();
  const context = { abortSignal: abort.signal, ...(target && { target }) };
  const groups = groupBy(payloads, (payload) => {
    const sizeBytes = encodeMessage('temporal.api.common.v1.Payload', payload).length;
    if (sizeBytes < storage.payloadSizeThreshold) return undefined;
    const driver = storage.driverSelector(context, payload);
    if (driver === null) return undefined;
    if (storage.getDriver(driver.name) !== driver) {
      throw new ValueError(
        `Driver '${driver.name}' returned by driverSelector is not registered in ExternalStorage.drivers`,
      );
    }
    return { driver, item: { payload, sizeBytes } };
  });
  return await replaceGroups({ payloads, groups, abort }, async ({ driver, items }) => {
    const claims = await driver.store(
      context,
      items.map(({ payload }) => payload),
    );
    checkCount(driver, { got: claims.length, noun: 'claims', asked: `${items.length} payloads` }, items.length);
    return claims.map(({ claimData }, at) =>
      encodeStorageReference({ driverName: driver.name, claimData, sizeBytes: items[at]?.sizeBytes ?? 0 }),
    );
  });
}

/** The payloads, with what is stored in the place of references. */
export async function retrievePayloads(storage: ExternalStorage, payloads: Payload[]): Promise<Payload[]> {
  const abort = new AbortController();
  const groups = groupBy(payloads, (payload) => {
    if (!isStorageReference(payload)) return undefined;
    const { driverName, claimData } = decodeStorageReference(payload);
    const driver = storage.getDriver(driverName);
    if (driver === null) throw new ValueError(`No driver registered with name '${driverName}'`);
    return { driver, item: { claim: new StorageDriverClaim(claimData) } };
  });
  return await replaceGroups({ payloads, groups, abort }, async ({ driver, items }) => {
    const claims = items.map(({ claim }) => claim);
    const retrieved = await driver.retrieve({ abortSignal: abort.signal }, claims);
    checkCount(driver, { got: retrieved.length, noun: 'payloads', asked: `${items.length} claims` }, items.length);
    return retrieved;
  });
}

function groupBy<Item>(
  payloads: readonly Payload[],
  choose: (payload: Payload) => { driver: StorageDriver; item: Item } | undefined,
): Group<Item>[] {
  const groups = new Map<StorageDriver, Group<Item>>();
  for (const [at, payload] of payloads.entries()) {
    const chosen = choose(payload);
    if (chosen === undefined) continue;
    const { driver, item } = chosen;
    const group = groups.get(driver) ?? { driver, items: [] };
    groups.set(driver, group);
    group.items.push({ ...item, at });
  }
  return [...groups.values()];
}

/** The first driver that fails stops the others; all have ended when this throws. */
async function replaceGroups<Item>(
  { payloads, groups, abort }: { payloads: Payload[]; groups: readonly Group<Item>[]; abort: AbortController },
  ask: (group: Group<Item>) => Promise<Payload[]>,
): Promise<Payload[]> {
  if (groups.length === 0) return payloads;
  const replaced = [...payloads];
  const settled = await Promise.allSettled(
    groups.map(async (group) => {
      try {
        const given = await ask(group);
        for (const [i, { at }] of group.items.entries()) replaced[at] = given[i] ?? {};
      } catch (error) {
        abort.abort(error);
        throw error;
      }
    }),
  );
  for (const outcome of settled) if (outcome.status === 'rejected') throw outcome.reason;
  return replaced;
}

function checkCount(
  { name }: StorageDriver,
  { got, noun, asked }: { got: number; noun: string; asked: string },
  expected: number,
): void {
  if (got !== expected) throw new ValueError(`Driver '${name}' returned ${got} ${noun} for ${asked}`);
}
