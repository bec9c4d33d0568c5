// Keeps payloads in a folder, so that processes share them, and remembers what it was asked for.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExternalStorage, StorageDriverClaim, type Payload, type StorageDriver } from '@temporalio/common';

type Context = Parameters<StorageDriver['store']>[0];

export class FolderDriver implements StorageDriver {
  readonly name = 'folder';
  readonly type = 'test.folder';
  /** `store COUNT for TARGET` and `retrieve COUNT`, without ids. */
  readonly calls: string[] = [];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async store({ target }: Context, payloads: Payload[]): Promise<StorageDriverClaim[]> {
    const { id = '', type = '', runId }: Partial<NonNullable<Context['target']>> = target ?? {};
    const suffix = /-(?:child|other)$/.exec(id)?.[0] ?? '';
    const whom = `${target?.kind ?? 'nobody'} ${id === '' ? 'unknown' : `id${suffix}`} ${type} ${runId === undefined ? '' : 'run'}`;
    this.calls.push(`store ${payloads.length} for ${whom.trim()}`);
    return payloads.map(({ metadata, data }) => {
      const fields = Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
      const text = JSON.stringify({ metadata: fields, data: Buffer.from(data ?? []).toString('base64') });
      const key = createHash('sha256').update(text).digest('hex');
      writeFileSync(join(this.#folder, key), text);
      return new StorageDriverClaim({ key });
    });
  }

  async retrieve(_context: unknown, claims: StorageDriverClaim[]): Promise<Payload[]> {
    this.calls.push(`retrieve ${claims.length}`);
    return claims.map(({ claimData }) => {
      const text = readFileSync(join(this.#folder, claimData['key'] ?? ''), 'utf8');
      const { metadata, data } = JSON.parse(text) as { metadata: [string, string][]; data: string };
      const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
      return { metadata: Object.fromEntries(metadata.map(([key, value]) => [key, bytes(value)])), data: bytes(data) };
    });
  }
}

export const storageIn = (driver: FolderDriver): ExternalStorage =>
  new ExternalStorage({ drivers: [driver], payloadSizeThreshold: 0 });
