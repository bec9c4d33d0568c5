/** Runs the recorded scenarios again, with our SDK or the published one, and compares what happens with the recordings. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const golden = join(root, 'test/golden');

export type Sdk = 'reprise' | 'published';

/** Folders below which each SDK is found by its name. */
const homes: Record<Sdk, string> = { reprise: root, published: join(root, 'test/published-sdk') };

export interface Recording {
  sdk: Sdk;
  /** Of a server that knows the search attribute CustomKeywordField, of type Keyword. */
  address: string;
  /** Only scenarios whose name starts so; all of them by default. */
  prefix?: string;
}

export interface Comparison {
  /** One line for each scenario that went another way than recorded. */
  differences: string[];
  passed: number;
  folder: string;
}

export async function recordScenarios({ sdk, address, prefix = '' }: Recording): Promise<Comparison> {
  const stage = stageScenarios(sdk);
  const folder = join(stage, 'out');
  const log = await run(join(stage, 'record.ts'), [address, folder, prefix]);
  writeFileSync(join(stage, 'record.log'), log);
  const compared = await run(join(stage, 'compare.ts'), [join(golden, 'histories'), folder, prefix]);
  const lines = compared.trim().split('\n');
  const passed = Number(/^(\d+) passed/.exec(lines.at(-1) ?? '')?.[1] ?? 0);
  return { differences: lines.slice(0, -1).map((line) => withFailure(line, log)), passed, folder };
}

/** Copies the scenarios to where they find the SDK under test, with its scope. */
function stageScenarios(sdk: Sdk, name = 'scenarios'): string {
  const stage = join(homes[sdk], '.reprise', name);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  cpSync(join(golden, 'scenarios'), stage, { recursive: true });
  if (sdk === 'reprise') useOwnScope(stage);
  return stage;
}

function useOwnScope(stage: string): void {
  for (const name of readdirSync(stage).filter((file) => file.endsWith('.ts'))) {
    const file = join(stage, name);
    const text = readFileSync(file, 'utf8')
      .replace('@temporalio/common/lib/proto-utils.js', './history-to-json.ts')
      .replaceAll('@temporalio/', '@reprise/');
    writeFileSync(file, text);
  }
  const historyToJson = `import { toJson } from '@reprise/proto/json';
export const historyToJSON = (history) => JSON.stringify(toJson('temporal.api.history.v1.History', history));
`;
  writeFileSync(join(stage, 'history-to-json.ts'), historyToJson.replace('(history)', '(history: object)'));
}

/** Resolves with what was printed, however the process ends: its verdict is in what it prints. */
function run(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...args], { maxBuffer: 2 ** 26 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

/** A scenario that was not recorded says in the log why. */
function withFailure(line: string, log: string): string {
  const name = line.split(':')[0] ?? '';
  const start = log.indexOf(`FAIL ${name} `);
  if (start < 0) return line;
  return `${line}\n${log.slice(start).split('\n').slice(0, 8).join('\n')}`;
}

/** Replays what `recordScenarios` recorded with the published SDK; returns what failed. */
export async function replayWithPublishedSdk(folder: string): Promise<{ replayed: number; failures: string[] }> {
  const workflows = join(stageScenarios('published', 'replayed'), 'workflows.ts');
  const printed = await run(join(homes.published, 'src/replay.ts'), [workflows, folder]);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as { replayed: number; failures: string[] };
}

export const publishedSdkInstalled = (): boolean =>
  existsSync(join(homes.published, 'node_modules/@temporalio/worker'));
