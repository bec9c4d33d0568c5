import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { collectingTerminal } from '../command-line/collecting-terminal.suite.ts';
import { main } from '../main.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const terminal = collectingTerminal(folder);
  const exitCode = await main(args, terminal);
  return { exitCode, out: terminal.outText(), err: terminal.errText() };
}

describe('init', () => {
  test('writes a project, and nothing over what is there', async () => {
    expect((await run('init', 'My Orders')).exitCode).toBe(0);
    const manifest = JSON.parse(readFileSync(join(folder, 'My Orders/package.json'), 'utf8')) as { name: string };
    expect(manifest.name).toBe('my-orders');
    expect(existsSync(join(folder, 'My Orders/.github/workflows/ci.yml'))).toBe(true);
    const again = await run('init', 'My Orders');
    expect(again.exitCode).toBe(2);
    expect(again.err).toContain('nothing was written, since there is already package.json');
  });
});

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('%s knows commands and options', async (shell) => {
    const { exitCode, out } = await run('completion', shell);
    expect(exitCode).toBe(0);
    expect(out).toContain('start-dev');
    expect(out).toContain('workflows');
  });

  test('knows what a value may be', async () => {
    expect((await run('completion', 'bash')).out).toContain(
      '"server start-dev --log-level") words="debug info warn error never"',
    );
    expect((await run('completion', 'zsh')).out).toContain(':value:(debug info warn error never)');
    expect((await run('completion', 'fish')).out).toContain("-l log-level -x -a 'debug info warn error never'");
  });

  test('an unknown shell is a usage error', async () => {
    expect((await run('completion')).err).toContain('One of bash, zsh, fish');
    const { exitCode, err } = await run('completion', 'bsh');
    expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringContaining('did you mean bash?') });
  });
});

describe('words that are wrong', () => {
  test.each([
    [['hlep'], "did you mean 'reprise help'?"],
    [['server'], "'server' needs one more word: reprise server start-dev"],
    [['server', 'strt-dev'], "did you mean 'reprise server start-dev'?"],
    [['doctor', 'me'], "'reprise doctor' does not take 'me'"],
    [['init', 'one', 'two'], "'reprise init' does not take 'two'"],
    [['server', 'start-dev', '--prot', '1'], 'did you mean --port?'],
    [['server', 'start-dev', '--log-level', 'wran'], 'one of debug, info, warn, error, never'],
    [['explain', 'R9999'], "'reprise explain' lists them"],
    [['bundle'], "'reprise bundle --help' says what it takes"],
  ])('%j', async (args, message) => {
    const { exitCode, err } = await run(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  test('help for a group lists its commands', async () => {
    const { exitCode, out } = await run('help', 'server');
    expect(exitCode).toBe(0);
    expect(out).toContain('server start-dev');
    expect(out).not.toContain('doctor');
  });
});

describe('bundle', () => {
  const workflow = 'export async function greet(name: string) {\n  return name;\n}\n';

  test('writes a file, and says what takes how much', async () => {
    writeFileSync(join(folder, 'workflows.ts'), workflow);
    const { exitCode, out } = await run('bundle', '-w', 'workflows.ts', '-o', 'out/bundle.js');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/\d+ B +100% {2}workflows\.ts\n1 module, /);
    expect(readFileSync(join(folder, 'out/bundle.js'), 'utf8')).toContain('greet');
  });

  test('says where code is wrong, and what cannot be written', async () => {
    mkdirSync(join(folder, 'my code'));
    writeFileSync(join(folder, 'my code/workflows.ts'), 'export const a = ;\n');
    const wrong = await run('bundle', '-w', 'my code/workflows.ts');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toMatch(/workflows\.ts:1:18: Expression expected\n> 1 \| export const a = ;/);
    writeFileSync(join(folder, 'workflows.ts'), workflow);
    const unwritten = await run('bundle', '-w', 'workflows.ts', '-o', 'workflows.ts/bundle.js');
    expect(unwritten).toMatchObject({ exitCode: 2, err: expect.stringMatching(/^reprise: E/) });
  });
});

describe('history diff', () => {
  const history = (activities: string[]): string =>
    JSON.stringify({
      events: [
        event(1, 'WORKFLOW_EXECUTION_STARTED', {
          workflowExecutionStartedEventAttributes: { workflowType: { name: 'order' } },
        }),
        ...activities.map((name, index) =>
          event(index + 2, 'ACTIVITY_TASK_SCHEDULED', {
            activityTaskScheduledEventAttributes: { activityType: { name } },
          }),
        ),
      ],
    });

  test('shows what is in one and not in the other', async () => {
    writeFileSync(join(folder, 'a.json'), history(['charge', 'ship']));
    writeFileSync(join(folder, 'b.json'), history(['charge', 'audit', 'ship']));
    const { exitCode, out } = await run('history', 'diff', 'a.json', 'b.json');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/activity charge +\| activity charge/);
    expect(out).toMatch(/> activity audit/);
    expect((await run('history', 'diff', 'a.json', 'b.json', '--changes')).out).not.toContain('charge');
    expect((await run('history', 'diff', 'a.json', 'a.json')).exitCode).toBe(0);
  });

  test('a file that is missing is a corpus problem', async () => {
    expect(await run('history', 'diff', 'a.json', 'b.json')).toMatchObject({ exitCode: 3 });
    expect(await run('history', 'diff', 'a.json')).toMatchObject({ exitCode: 2 });
  });
});

function event(eventId: number, type: string, attributes: object): object {
  return {
    eventId: String(eventId),
    eventType: `EVENT_TYPE_${type}`,
    eventTime: '2026-01-31T12:00:00Z',
    ...attributes,
  };
}

test('doctor names what it checked', async () => {
  const { out } = await run('doctor');
  expect(out).toMatch(/ok {4}Node: /);
  expect(out).toMatch(/ok {4}isolate: runs code/);
});

describe('server check and server backup', () => {
  test('read the database of a server that runs', async () => {
    const { startServer } = await import('@reprise/server-lite');
    const server = await startServer({ dbFilename: join(folder, 'server.db') });
    expect(await run('server', 'check', 'server.db')).toMatchObject({
      exitCode: 0,
      out: 'server.db: 0 runs checked, all well',
    });
    const copied = await run('server', 'backup', 'server.db', '--output', 'copy.db');
    expect(copied).toMatchObject({ exitCode: 0, out: 'server.db is copied to copy.db' });
    await server.stop();
    expect((await run('server', 'check', 'copy.db')).exitCode).toBe(0);
  });

  test('say what is wrong in a sentence', async () => {
    expect(await run('server', 'check', 'none.db')).toMatchObject({
      exitCode: 3,
      err: expect.stringMatching(/found no such file/) as string,
    });
    writeFileSync(join(folder, 'other.db'), 'no database'.repeat(100));
    expect(await run('server', 'backup', 'other.db')).toMatchObject({
      exitCode: 3,
      err: expect.stringMatching(/no SQLite database/) as string,
    });
    expect((await run('server', 'check')).exitCode).toBe(2);
  });
});

test('doctor finds packages of another version in the project, and says what to do', async () => {
  mkdirSync(join(folder, 'node_modules/@reprise/worker'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/@reprise/worker/package.json'), '{ "version": "0.0.9" }');
  const { exitCode, out } = await run('doctor');
  expect(exitCode).toBe(1);
  expect(out).toMatch(/FAIL {2}this project: the command line is [\d.]+, found worker 0\.0\.9\n {6}All packages/);
});
