import { meterTo } from '@reprise/common';
import { expect, test } from 'vitest';
import { WorkerMetrics } from './worker-metrics.ts';

test('what workflow code measures goes where the metrics of users go, and has the tags that it was given', () => {
  const measured: string[] = [];
  const to = (meter: string) =>
    meterTo(({ name, value, tags }) => measured.push(`${meter} ${name} ${value} ${JSON.stringify(tags)}`));
  const metrics = new WorkerMetrics({ ownMeter: to('own'), meter: to('users') }, { task_queue: 'q' });
  metrics.count('workflow_completed');
  const about = { valueType: 'int', unit: undefined, description: undefined } as const;
  metrics.measure({ kind: 'counter', name: 'orders', ...about, value: 3, tags: { region: 'eu' } });
  expect(measured).toEqual(['own workflow_completed 1 {"task_queue":"q"}', 'users orders 3 {"region":"eu"}']);
});
