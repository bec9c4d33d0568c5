import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { collectingTerminal } from '../command-line/collecting-terminal.suite.ts';
import { main } from '../main.ts';

const GOLDEN = join(import.meta.dirname, '../../../../test/golden/histories');

const FITTING = `import { proxyActivities } from '@temporalio/workflow';
const act = proxyActivities({ startToCloseTimeout: '10s' });
export async function oneActivity(name: string): Promise<string> {
  return await act.echo(\`hello \${name}\`);
}
`;

// Inside of the package, so that the code finds what it imports.
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(import.meta.dirname, '../../.replayed-'));
  mkdirSync(join(folder, 'histories'));
  const { histories } = JSON.parse(readFileSync(join(GOLDEN, 'activity-one.json'), 'utf8')) as {
    histories: Record<string, { events: object[] }[]>;
  };
  const [history] = histories[''] ?? [];
  writeFileSync(join(folder, 'histories/closed.json'), JSON.stringify(history));
  writeFileSync(join(folder, 'histories/open.json'), JSON.stringify({ events: history?.events.slice(0, 7) }));
  writeFileSync(join(folder, 'fitting.ts'), FITTING);
  writeFileSync(join(folder, 'renamed.ts'), FITTING.replace('act.echo', 'act.say'));
  writeFileSync(join(folder, 'other-argument.ts'), FITTING.replace('hello', 'good day'));
  writeFileSync(
    join(folder, 'wrong.ts'),
    "import fs from 'node:fs';\nexport async function oneActivity() { fs.readFileSync('x'); }\n",
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

async function replay(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const terminal = collectingTerminal(folder);
  const exitCode = await main(['replay', ...args], terminal);
  return { exitCode, out: terminal.outText(), err: terminal.errText() };
}

const CODEC = `const turn = (payloads) => payloads.map((payload) => ({ ...payload, data: payload.data.map((byte) => byte ^ 255) }));
export const payloadCodecs = [{ encode: async (payloads) => turn(payloads), decode: async (payloads) => turn(payloads) }];
`;

test('payloads that codecs encoded are decoded by those of a module', async () => {
  const turned = (text: string): string =>
    Buffer.from(Buffer.from(text, 'base64').map((byte) => byte ^ 255)).toString('base64');
  const text = readFileSync(join(folder, 'histories/closed.json'), 'utf8');
  const encoded = text.replaceAll(/"data":"([^"]*)"/g, (_, data: string) => `"data":"${turned(data)}"`);
  expect(encoded).not.toBe(text);
  writeFileSync(join(folder, 'encoded.json'), encoded);
  writeFileSync(join(folder, 'codec.mjs'), CODEC);
  writeFileSync(join(folder, 'storage.mjs'), 'export const externalStorage = { getDriver: () => null };');
  const args = ['-w', 'fitting.ts', 'encoded.json'];
  expect((await replay(...args)).exitCode).toBe(3);
  expect((await replay(...args, '--payload-codec', 'codec.mjs')).exitCode).toBe(0);
  const both = await replay(...args, '--payload-codec', 'codec.mjs', '--external-storage', 'storage.mjs');
  expect(both.exitCode, both.err).toBe(0);
});

test.each([
  ['payload-codec', 'nowhere.mjs', "--payload-codec: there is no file 'nowhere.mjs'"],
  ['payload-codec', 'wrong.ts', 'expected an array of codecs, exported as payloadCodecs or as default'],
  ['external-storage', 'wrong.ts', 'expected an ExternalStorage, exported as externalStorage or as default'],
])("--%s %s is the user's to mend", async (option, file, told) => {
  const { exitCode, err } = await replay('-w', 'fitting.ts', 'histories', `--${option}`, file);
  expect([exitCode, err]).toEqual([2, expect.stringContaining(told)]);
});

test('--query without a server is not ignored', async () => {
  const { exitCode, err } = await replay('-w', 'fitting.ts', 'histories', '--query', 'x = 1');
  expect([exitCode, err]).toEqual([2, expect.stringContaining('--query chooses executions of a server')]);
});

describe('exit codes', () => {
  test.each<[number, string, string[]]>([
    [0, 'everything replays', ['-w', 'fitting.ts', 'histories']],
    [1, 'a divergence', ['-w', 'renamed.ts', 'histories']],
    [2, 'code that cannot be bundled', ['-w', 'wrong.ts', 'histories']],
    [2, 'code that is not there', ['-w', 'nowhere.ts', 'histories']],
    [3, 'no histories', ['-w', 'fitting.ts', 'nowhere']],
    [3, 'no history of the type', ['-w', 'fitting.ts', 'histories', '--type', 'order']],
    [3, 'a file that is none', ['-w', 'fitting.ts', 'histories', 'fitting.ts']],
    [4, 'a change that --strict does not allow', ['-w', 'other-argument.ts', 'histories', '--strict']],
    [0, 'the same change without it', ['-w', 'other-argument.ts', 'histories']],
  ])('%i: %s', async (exitCode, _, args) => {
    expect((await replay(...args)).exitCode).toBe(exitCode);
  });
});

test('a type that no history has is named, with those that there are', async () => {
  const { out } = await replay('-w', 'fitting.ts', 'histories', '--type', 'order');
  expect(out).toContain("error[R3001]: no history of workflow type 'order' was replayed; there are: oneActivity");
});

test('the report names the cause once, with the line and the histories', async () => {
  const { out } = await replay('-w', 'renamed.ts', 'histories');
  expect(out).toContain('error[R1001]: activity `echo` was renamed to `say`');
  expect(out).toContain('--> renamed.ts:4:20');
  expect(out).toContain('recorded: event 5 ActivityTaskScheduled, activity `echo`');
  expect(out).toContain('affects:  2 histories (1 open, 1 closed)');
  expect(out.match(/error\[/g)).toHaveLength(1);
});

test('values are shown where they may be seen', async () => {
  const hidden = await replay('-w', 'other-argument.ts', 'histories');
  expect(hidden.out).not.toContain('good day world');
  expect(hidden.out).toContain('another value of the same form: string');
  expect((await replay('-w', 'other-argument.ts', 'histories', '--show-values')).out).toContain('+ "good day world"');
});

test('what is forbidden in workflow code is said with the way to it', async () => {
  expect((await replay('-w', 'wrong.ts', 'histories')).err).toContain('node:fs');
});

describe('reporters', () => {
  test('several at once, to files and to the screen', async () => {
    const { out } = await replay(
      '-w',
      'renamed.ts',
      'histories',
      '-r',
      'github',
      '-r',
      'json=report.json',
      '-r',
      'junit=report.xml',
      '-r',
      'sarif=report.sarif',
    );
    expect(out).toMatch(/^::error file=renamed\.ts,line=4,col=20,title=R1001::activity/);
    const json = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as { schema: string; causes: object[] };
    expect(json).toMatchObject({
      schema: 'reprise-replay-report/1',
      outcome: 'divergence',
      counts: { passed: 0, failed: 2 },
      causes: [{ code: 'R1001', source: { file: 'renamed.ts', line: 4 }, count: 2 }],
    });
    expect(readFileSync(join(folder, 'report.xml'), 'utf8')).toContain('failures="2"');
    const sarif = JSON.parse(readFileSync(join(folder, 'report.sarif'), 'utf8')) as { runs: { results: object[] }[] };
    expect(sarif.runs[0]?.results).toMatchObject([{ ruleId: 'R1001', level: 'error' }]);
  });
});

test('a scope leaves the other histories out', async () => {
  const { out } = await replay('-w', 'renamed.ts', 'histories', '--scope', 'open');
  expect(out).toContain('1 failed | 1 skipped');
});

test('interceptors are found from where the command runs', async () => {
  writeFileSync(
    join(folder, 'interceptors.ts'),
    "export const interceptors = () => ({ inbound: [{ execute: async () => 'intercepted' }] });",
  );
  const { exitCode, out } = await replay('-w', 'fitting.ts', 'histories', '--interceptors', 'interceptors.ts');
  expect([exitCode, out]).toEqual([1, expect.stringContaining('R1008')]);
});

test('a bundle takes the place of the source', async () => {
  const terminal = collectingTerminal(folder);
  expect(await main(['bundle', '-w', 'fitting.ts', '-o', 'bundle.js', '--map-temporal-scope'], terminal)).toBe(0);
  expect(terminal.outText()).toMatch(/1 module, .* as linked, build [0-9a-f]{16}/);
  expect((await replay('--bundle', 'bundle.js', 'histories')).exitCode).toBe(0);
});

test('a server that does not answer leaves nothing to replay', async () => {
  const { exitCode, err } = await replay('-w', 'fitting.ts', '--address', '127.0.0.1:1');
  expect(exitCode).toBe(3);
  expect(err).toContain('127.0.0.1:1');
});

describe('what cannot be done is said before anything is replayed', () => {
  test.each<[string, string[], string]>([
    ['no such code', ['-w', 'missing.ts', 'histories'], "--workflows: there is no file or folder 'missing.ts'"],
    ['two on one output', ['-r', 'json', '-r', 'pretty'], 'json and pretty cannot share standard output'],
    ['two in one file', ['-r', 'json=x.out', '-r', 'junit=x.out'], 'two reporters would write'],
    ['a reporter without its file', ['-r', 'junit='], '--reporter junit= names no file'],
    ['a folder for a file', ['-r', 'junit=histories'], '--reporter junit=histories cannot be written: it is a folder'],
    ['a folder that is a file', ['-r', 'sarif=fitting.ts/x'], '--reporter sarif=fitting.ts/x cannot be written'],
  ])('%s', async (_, args, message) => {
    const { exitCode, out, err } = await replay(
      ...(args.includes('-w') ? args : ['-w', 'fitting.ts', 'histories', ...args]),
    );
    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test('the folder of a report is made', async () => {
    expect(
      (await replay('-w', 'fitting.ts', 'histories', '-r', 'pretty', '-r', 'junit=made/here/x.xml')).exitCode,
    ).toBe(0);
    expect(readFileSync(join(folder, 'made/here/x.xml'), 'utf8')).toContain('<testsuite');
  });
});
