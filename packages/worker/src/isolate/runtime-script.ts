/**
 * The script that every context runs before user code: the workflow runtime, linked by our own bundler from the sources,
 * since every module's exports are to be frozen, and bundled packages no longer have those. A release carries the script
 * and no sources; while the packages are being worked on it is made again whenever a source that went into it has changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROVIDED_FILES } from '../bundle/contract.ts';
import { linkRuntime } from '../bundle/link-runtime.ts';

export interface RuntimeScript {
  readonly code: string;
}

interface StoredScript extends RuntimeScript {
  /** File (from the package's folder) and digest of everything that went in. */
  readonly inputs: readonly (readonly [file: string, digest: string])[];
}

const here = fileURLToPath(import.meta.url);
/** Compiled, this module lies in `dist`. */
const packageFolder = path.resolve(here, here.endsWith('.ts') ? '../../..' : '../..');
const source = (file: string): string => path.join(packageFolder, file);
const dist = source('dist');
const storedAt = path.join(dist, 'runtime-script.json');

let loaded: RuntimeScript | undefined;

export function runtimeScript(): RuntimeScript {
  loaded ??= readStored() ?? buildRuntimeScript();
  return loaded;
}

/** Makes the script and keeps it beside the compiled package. */
export function buildRuntimeScript(): RuntimeScript {
  const { code, files } = linkRuntime({
    entry: source('src/isolate/runtime-entry.ts'),
    helpers: source('src/isolate/module-helpers/helper-table.ts'),
    packages: {
      '@reprise/common': source('../common/src/index.ts'),
      ...Object.fromEntries(
        PROVIDED_FILES.map((name) => [name, source(`${name.replace('@reprise/common/', '../common/src/')}.ts`)]),
      ),
      '@reprise/workflow': source('../workflow/src/index.ts'),
      '@reprise/workflow/runtime': source('../workflow/src/runtime.ts'),
    },
  });
  const inputs = files.map((file) => [path.relative(packageFolder, file), digestOf(file)] as const);
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

function isUnchanged([file, digest]: StoredScript['inputs'][number]): boolean {
  const found = source(file);
  return existsSync(found) && digestOf(found) === digest;
}

function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('base64url');
}
