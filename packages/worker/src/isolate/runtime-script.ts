/**
 * The script that every context runs before user code: the workflow runtime, linked by our own bundler. A release carries
 * it made; while the packages are being worked on it is made again whenever a file that went into it has changed.
 */
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkRuntime } from '../bundle/link-runtime.ts';

export interface RuntimeScript {
  readonly code: string;
}

interface StoredScript extends RuntimeScript {
  /** File (from `dist`), size and time of change of everything that went in. */
  readonly inputs: readonly (readonly [file: string, bytes: number, changedMs: number])[];
}

const here = fileURLToPath(import.meta.url);
const extension = path.extname(here);
const folder = path.dirname(here);
const dist = extension === '.ts' ? path.resolve(folder, '../../dist') : path.resolve(folder, '..');
const storedAt = path.join(dist, extension === '.ts' ? 'runtime-script.dev.json' : 'runtime-script.json');

let loaded: RuntimeScript | undefined;

export function runtimeScript(): RuntimeScript {
  loaded ??= readStored() ?? buildRuntimeScript();
  return loaded;
}

/** Makes the script and keeps it beside the compiled package. */
export function buildRuntimeScript(): RuntimeScript {
  const { code, files } = linkRuntime({
    entry: path.join(folder, `runtime-entry${extension}`),
    helpers: path.join(folder, 'module-helpers', `helper-table${extension}`),
  });
  const inputs = files.map((file) => {
    const { size, mtimeMs } = statSync(file);
    return [path.relative(dist, file), size, mtimeMs] as const;
  });
  const stored: StoredScript = { code, inputs };
  if (existsSync(dist)) {
    const aside = `${storedAt}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(stored));
    renameSync(aside, storedAt);
  }
  return stored;
}

function readStored(): RuntimeScript | undefined {
  if (!existsSync(storedAt)) return undefined;
  const stored = JSON.parse(readFileSync(storedAt, 'utf8')) as StoredScript;
  // A released package has no build information beside it: what it carries is right.
  const isReleased = !existsSync(path.join(dist, '.tsbuildinfo'));
  return isReleased || stored.inputs.every(isUnchanged) ? stored : undefined;
}

function isUnchanged([file, bytes, changedMs]: StoredScript['inputs'][number]): boolean {
  const stats = statSync(path.resolve(dist, file), { throwIfNoEntry: false });
  return stats !== undefined && stats.size === bytes && stats.mtimeMs === changedMs;
}
