/** Requests and answers recorded from a real server, played against this one by the runner that recorded them. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ServerProcess } from '../server-process.ts';

const timeout = 300_000;
const folder = fileURLToPath(new URL('../golden/wire/', import.meta.url));
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
function play(address: string): Promise<string> {
  const args = ['run.ts', address, '--jobs', '16', 'cases'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 }, (_error, stdout, stderr) =>
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

  it('is answered as recorded', { timeout }, async () => {
    const lines = (await play(server.address)).trim().split('\n');
    const wrong = lines.filter((line) => !line.startsWith('pass '));
    expect(wrong).toEqual(['681 passed, 0 failed']);
  });
});
