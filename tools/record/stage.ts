/** Recorded programs, copied to where they find the SDK under test, and run there. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const golden = join(root, 'test/golden');

export type Sdk = 'reprise' | 'published';

/** Folders below which each SDK is found by its name. */
export const homes: Record<Sdk, string> = { reprise: root, published: join(root, 'test/published-sdk') };

export const publishedSdkInstalled = (): boolean =>
  existsSync(join(homes.published, 'node_modules/@temporalio/worker'));

/**
 * Copies a folder of `test/golden` to where its programs find the SDK under test, and gives ours its scope.
 *
 * @param name of the copy; copies of other names may be in use at the same time
 */
export function stage(sdk: Sdk, source: string, name = source): string {
  const folder = join(homes[sdk], '.reprise', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(golden, source), folder, { recursive: true });
  if (sdk === 'reprise') useOwnScope(folder);
  return folder;
}

function useOwnScope(folder: string): void {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8')
      .replace('@temporalio/common/lib/proto-utils.js', './history-to-json.ts')
      .replaceAll('@temporalio/', '@reprise/');
    writeFileSync(file, text);
  }
  const historyToJson = `import { toJson } from '@reprise/proto/json';
export const historyToJSON = (history: object) => JSON.stringify(toJson('temporal.api.history.v1.History', history));
`;
  writeFileSync(join(folder, 'history-to-json.ts'), historyToJson);
}

/** Resolves with what was printed, however the process ends: its verdict is in what it prints. */
export function runScript(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], { maxBuffer: 2 ** 26 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
