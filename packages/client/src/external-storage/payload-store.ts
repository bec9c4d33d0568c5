import type { ExternalStorage, StorageDriverTargetInfo } from '@reprise/common';
import { retrievePayloads, storePayloads } from './drive.ts';
import { payloadSites, type SiteWalk } from './payload-sites.ts';

type Target = StorageDriverTargetInfo | undefined;

/** Stores and retrieves the payloads of whole messages, in place. Without external storage it leaves them as they are. */
export class PayloadStore {
  readonly #storage: ExternalStorage | undefined;

  constructor(storage: ExternalStorage | undefined) {
    this.#storage = storage;
  }

  get isConfigured(): boolean {
    return this.#storage !== undefined;
  }

  /** Before a message goes to the server. @throws what the driver or its selection throws, and ValueError */
  async store(message: object, walk: SiteWalk<Target>): Promise<void> {
    const storage = this.#storage;
    if (storage === undefined) return;
    const { sites, finish } = payloadSites(message, walk);
    for (const { payloads, target, replace } of sites) replace(await storePayloads(storage, payloads, target));
    finish();
  }

  /** When a message has come from the server. @throws what the driver throws, and ValueError */
  async retrieve(message: object, except?: ReadonlySet<string>): Promise<void> {
    const storage = this.#storage;
    if (storage === undefined) return;
    const walk = { target: undefined, ...(except && { except }) };
    const { sites, finish } = payloadSites(message, walk);
    for (const { payloads, replace } of sites) replace(await retrievePayloads(storage, payloads));
    finish();
  }
}
