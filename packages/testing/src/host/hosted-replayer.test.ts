/** Code that no deadline of an isolate ends, and code that ends its process, beside code that replays. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { RecordedRun } from '../recorded-run.suite.ts';
import { ReplayedSource } from '../replay/replayed-source.suite.ts';
import { replayFiles } from '../replay/replay-files.ts';

const code = new ReplayedSource();
afterAll(() => code.dispose());

const SOURCE = `import { proxyActivities, sleep } from '@reprise/workflow';
const { charge } = proxyActivities({ startToCloseTimeout: '10s' });

export async function fine(): Promise<void> {
  await charge(1);
  await sleep('1h');
}
export async function counting(): Promise<void> {
  await charge(1);
  Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);
  await sleep('1h');
}
export async function counted(): Promise<void> {
  Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);
  await charge(1);
}
export async function ending(): Promise<void> {
  await charge(1);
  const many: any = new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 53 - 1 : 1) });
  Array.prototype.sort.call(many);
  await sleep('1h');
}
`;

test('costs its own verdict, and no other', { timeout: 60_000 }, async () => {
  const { workflowsPath, cwd } = code.write(SOURCE);
  const folder = join(cwd, 'hosted');
  mkdirSync(folder);
  const record = (workflowType: string): object =>
    new RecordedRun({ workflowType }).task().activity('charge', 1, null).task().timer('3600s').history();
  const histories = ['fine', 'counting', 'ending', 'fine', 'counted', 'fine'].map(record);
  for (const [index, history] of histories.slice(0, 3).entries())
    writeFileSync(join(folder, `${index}.json`), JSON.stringify(history));
  // Several in one file: what came before is not judged twice, and what comes after is judged.
  writeFileSync(join(folder, '3.json'), JSON.stringify(histories.slice(3)));
  const { report } = await replayFiles({ workflowsPath, cwd, histories: folder, activationTimeoutMs: 2000 });
  expect(report.histories.map(({ workflowType, codes }) => [workflowType, ...codes])).toEqual([
    ['fine'],
    ['counting', 'R1010'],
    ['ending', 'R1010'],
    ['fine'],
    ['counted', 'R1010'],
    ['fine'],
  ]);
  const causes = report.causes.map(({ finding }) => [finding.title, finding.place?.line, finding.placeLabel]);
  expect(causes).toEqual([
    [
      'workflow code did not come to an end after event 7 (ActivityTaskCompleted) while `counting` was replayed',
      9,
      'the last step before it',
    ],
    [
      'workflow code ended the process that it ran in after event 7 (ActivityTaskCompleted) while `ending` was replayed',
      18,
      'the last step before it',
    ],
    ['workflow code did not come to an end while `counted` was replayed', 13, 'before its first step that is recorded'],
  ]);
});
