import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encodeMessage } from '@reprise/proto';
import { fromJson } from '@reprise/proto/json';
import { expect, it } from 'vitest';
import { debugReplay } from './editor.suite.ts';

const HISTORY = 'temporal.api.history.v1.History';
const workflowsPath = fileURLToPath(new URL('../golden/scenarios/workflows.ts', import.meta.url));

function golden(name: string): Uint8Array {
  const file = new URL(`../golden/histories/${name}.json`, import.meta.url);
  const { histories } = JSON.parse(readFileSync(file, 'utf8')) as { histories: Record<string, object[]> };
  return encodeMessage(HISTORY, fromJson(HISTORY, histories['']?.[0] ?? {}));
}

const lineOf = (text: string): number =>
  readFileSync(workflowsPath, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

it('tells the editor of every workflow task', async () => {
  const { exitCode, tasks, stdout } = await debugReplay({ workflowsPath, history: golden('activity-sequential') });
  expect({ exitCode, tasks }).toEqual({ exitCode: 0, tasks: [3, 9, 15, 21, 27, 33] });
  expect(stdout).toContain('Replay completed successfully');
});

it('tells of tasks that bring signals, timers, children and updates', async () => {
  const tasks = async (name: string) => (await debugReplay({ workflowsPath, history: golden(name) })).tasks;
  expect(await tasks('signals-in-order')).toEqual([3, 7, 11, 15, 19]);
  expect(await tasks('child-one')).toEqual([3, 8, 12]);
  expect(await tasks('update-with-activity')).toEqual([3, 6, 13, 18]);
  expect(await tasks('timers-out-of-order')).toEqual([3, 10, 14, 18]);
});

it('stops in the code of the workflow, where its task begins', async () => {
  const breakAt = (startedEventId: number) => startedEventId === 3 || startedEventId === 15;
  const replay = await debugReplay({ workflowsPath, history: golden('activity-sequential'), breakAt });
  const loop = lineOf('total = await act.add(total, i)');
  expect(replay.stops).toEqual([
    `sequentialActivities (workflows.ts:${loop - 2})`,
    `sequentialActivities (workflows.ts:${loop})`,
  ]);
  expect(replay.exitCode).toBe(0);
});

it('exits with code 1 and says why, when the code does not fit the history', async () => {
  const other = fileURLToPath(new URL('other-workflows.ts', import.meta.url));
  const { exitCode, stderr } = await debugReplay({ workflowsPath: other, history: golden('activity-sequential') });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/Replay failed DeterminismViolationError: .*other-workflows\.ts/su);
});

it('exits with code 1 when a promise is rejected that nobody handles', async () => {
  const other = fileURLToPath(new URL('other-workflows.ts', import.meta.url));
  const { exitCode, stderr } = await debugReplay({ workflowsPath: other, history: golden('timer-one') });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('nobody handles this') });
});

it('says what the editor answered, when it has no history or cannot take notice', async () => {
  const without = await debugReplay({ workflowsPath });
  expect(without).toMatchObject({ exitCode: 1, tasks: [] });
  expect(without.stderr).toContain('Bad response code from VS Code: 404: No current history available');
  const answer = { status: 500, error: 'the panel is closed' };
  const refused = await debugReplay({ workflowsPath, history: golden('activity-one'), answer });
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('Bad response code from VS Code: 500: the panel is closed');
});
