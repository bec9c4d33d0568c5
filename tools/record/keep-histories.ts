/** Keeps what this version records, for every later version to replay. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recordExamples } from './record-examples.ts';
import { recordSamples } from './record-samples.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const recorded = join(root, 'test/recorded');
const manifest = join(root, 'packages/worker/package.json');

/**
 * Writes the histories of the examples, and those of the scenarios that were just recorded, under the version that made
 * them.
 *
 * @param scenarios the folder of the recordings
 * @throws Error when histories of this version are kept already: they are what later code is measured by
 */
export async function keepHistories(scenarios: string): Promise<string> {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = join(recorded, version);
  if (existsSync(folder)) throw new Error(`${folder} is there already: delete it first if it is to be made anew`);
  mkdirSync(join(folder, 'scenarios'), { recursive: true });
  for (const file of readdirSync(scenarios).filter((name) => name.endsWith('.json'))) {
    const { histories } = JSON.parse(readFileSync(join(scenarios, file), 'utf8')) as { histories: unknown };
    writeFileSync(join(folder, 'scenarios', file), `${JSON.stringify({ histories })}\n`);
  }
  await recordExamples(join(folder, 'examples'));
  await recordSamples(join(folder, 'samples'));
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  ))
    anonymize(join(folder, file));
  return folder;
}

/** Histories name the machine that made them, and stacks its folders. */
function anonymize(file: string): void {
  const text = readFileSync(file, 'utf8');
  const identity = /"(\d+)@[^"]*"/g;
  writeFileSync(file, text.replaceAll(root, '/repository/').replace(identity, '"$1@recorder"'));
}
