import { describe, expect, test } from 'vitest';

import { collectingTerminal } from './command-line/collecting-terminal.suite.ts';
import { COMMANDS } from './command-table.ts';
import { main } from './main.ts';

async function run(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const terminal = collectingTerminal();
  const exitCode = await main(args, terminal);
  return { exitCode, out: terminal.outText(), err: terminal.errText() };
}

describe('help', () => {
  test('names every command', async () => {
    const { exitCode, out } = await run('--help');
    expect(exitCode).toBe(0);
    expect(COMMANDS.filter(({ name }) => !out.includes(`  ${name} `))).toEqual([]);
  });

  test('without a command is a usage error', async () => {
    expect((await run()).exitCode).toBe(2);
  });

  test.each(COMMANDS.map(({ name }) => [name]))('%s has examples and describes its options', async (name) => {
    const { exitCode, out } = await run(...name.split(' '), '--help');
    expect(exitCode).toBe(0);
    expect(out).toContain(`Usage: reprise ${name}`);
    expect(out).toContain('Examples:\n  reprise ');
    expect(await run('help', ...name.split(' '))).toMatchObject({ exitCode: 0, out });
  });
});

describe('a wrong word', () => {
  test.each([
    [['repaly'], "there is no command 'repaly'; did you mean 'reprise replay'?"],
    [['server', 'start'], "there is no command 'server start'; did you mean 'reprise server start-dev'?"],
    [['sever', 'start-dev'], "did you mean 'reprise server start-dev'?"],
    [['history'], "'history' needs one more word: reprise history show"],
    [['zzzzzzzz'], "there is no command 'zzzzzzzz'; 'reprise help' lists them"],
    [
      ['replay', '--workflow', 'x.ts', 'a.json'],
      "'reprise replay' has no option --workflow; did you mean --workflows?",
    ],
    [['replay', '-w', 'x.ts', 'a.json', '--reporter', 'prety'], "found 'prety'; did you mean pretty?"],
    [['replay', '-w', 'x.ts', 'a.json', '--scope', 'opne'], 'did you mean open?'],
    [['replay', 'a.json'], 'which code? Give --workflows FILE'],
    [['replay', '-w', 'x.ts'], 'which histories?'],
    [['replay', '-w'], '--workflows needs a value: --workflows FILE'],
    [['server', 'start-dev', '--port', 'many'], "--port must be a whole number from 0 to 65535, found 'many'"],
    [['server', 'start-dev', '--search-attribute', 'A=Word'], "found 'A=Word'"],
    [['explain', 'R1oo3'], 'did you mean R1003?'],
  ])('%j', async (args, text) => {
    const { exitCode, err } = await run(...args);
    expect(exitCode).toBe(2);
    expect(err).toContain(text);
  });
});

test('the version is told', async () => {
  expect((await run('--version')).out).toMatch(/^reprise \d+\.\d+\.\d+ \(Node \d+/);
});

test('every code has a page', async () => {
  const { out } = await run('explain');
  expect(out.split('\n').filter((line) => line !== '').length).toBe(22);
  expect((await run('explain', 'r1005')).out).toContain('deprecatePatch');
});
