/** Requests and answers recorded from a real server, played against this one by the runner that recorded them. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ServerProcess } from '../server-process.ts';

const timeout = 1_800_000;
const runner = fileURLToPath(new URL('../golden/wire/', import.meta.url));
const folders = {
  golden: fileURLToPath(new URL('../golden/wire/cases', import.meta.url)),
  further: fileURLToPath(new URL('cases', import.meta.url)),
};
const attributes = [
  'CustomKeywordField=Keyword',
  'CustomIntField=Int',
  'CustomTextField=Text',
  'CustomBoolField=Bool',
  'CustomDatetimeField=Datetime',
  'CustomDoubleField=Double',
  'CustomKeywordListField=KeywordList',
];

/** The lines that the runner printed, whatever its verdict. */
function play(address: string, cases: string, ...only: string[]): Promise<string[]> {
  const args = ['run.ts', address, '--jobs', '16', ...only, cases];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: runner, maxBuffer: 2 ** 26 }, (_error, stdout, stderr) =>
      resolve((stdout + stderr).trim().split('\n')),
    );
  });
}

/**
 * Cases wait for real timeouts, which others may outlast on a busy machine: what failed beside them is played alone, more
 * than once if what else the machine does is still in the way. Many failures have another reason.
 */
const mostTries = 3;
const mostFailures = 50;

async function wrongAlone(address: string, cases: string, printed: readonly string[]): Promise<string[]> {
  const failed = printed.filter((line) => line.startsWith('FAIL '));
  if (failed.length > mostFailures) return failed;
  const wrong: string[] = [];
  for (const line of failed) {
    const [, area, name] = /^FAIL {2}(.+?) \/ (.+) \([\d.]+ s\)$/.exec(line) ?? [];
    if (area === undefined || name === undefined) continue;
    let again: string[] = [];
    for (let tries = 0; tries < mostTries && !again.at(-1)?.endsWith(' 0 failed'); tries++)
      again = await play(address, cases, '--area', area, '--case', name);
    if (again.at(-1)?.endsWith(' 0 failed')) console.warn(`only passed when played alone: ${area} / ${name}`);
    else wrong.push(...again);
  }
  return wrong;
}

describe('every recorded call', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServer(attributes.flatMap((attribute) => ['--search-attribute', attribute]));
  });
  afterAll(() => server?.stop());

  it.each(Object.keys(folders) as (keyof typeof folders)[])(
    'of the %s cases is answered as recorded',
    { timeout },
    async (name) => {
      const printed = await play(server.address, folders[name]);
      expect(printed.at(-1)).toMatch(/^[1-9]\d* passed, \d+ failed$/);
      expect(await wrongAlone(server.address, folders[name], printed)).toEqual([]);
    },
  );
});
