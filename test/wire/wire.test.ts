/** Requests and answers recorded from a real server, played against this one by the runner that recorded them. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ServerProcess } from '../server-process.ts';

const timeout = 600_000;
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

/** What the runner printed, whatever its verdict. */
function play(address: string, cases: string): Promise<string> {
  const args = ['run.ts', address, '--jobs', '16', cases];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: runner, maxBuffer: 2 ** 26 }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
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
      const lines = (await play(server.address, folders[name])).trim().split('\n');
      const wrong = lines.filter((line) => !line.startsWith('pass '));
      expect(wrong).toEqual([expect.stringMatching(/^[1-9]\d* passed, 0 failed$/)]);
    },
  );
});
