import type { Job } from '@reprise/workflow/runtime';
import { expect, test } from 'vitest';
import { sortJobs } from './job-order.ts';

const done = (seq: number, isLocal: boolean): Job => ({
  kind: 'resolveActivity',
  seq,
  isLocal,
  resolution: { status: 'completed' },
});
const signal = (name: string): Job => ({ kind: 'signal', name, args: [], headers: {}, identity: '' });
const update = (id: string): Job => ({
  kind: 'update',
  id,
  name: 'u',
  args: [],
  headers: {},
  identity: '',
  runValidator: true,
});

test('patches and seeds come first, then signals and updates as they came, then what was waited for, local activities last', () => {
  const jobs: Job[] = [
    done(1, true),
    { kind: 'fireTimer', seq: 1 },
    update('u1'),
    done(2, false),
    signal('s'),
    { kind: 'cancelWorkflow', reason: '' },
    update('u2'),
    { kind: 'updateRandomSeed', seed: [] },
    { kind: 'fireTimer', seq: 2 },
    { kind: 'notifyHasPatch', patchId: 'p' },
  ];
  const told = sortJobs(jobs).map((job) => {
    if (job.kind === 'resolveActivity') return job.isLocal ? 'local activity' : 'activity';
    return job.kind === 'update' ? job.id : job.kind;
  });
  expect(told).toEqual([
    'notifyHasPatch',
    'updateRandomSeed',
    'u1',
    'signal',
    'u2',
    'fireTimer',
    'activity',
    'cancelWorkflow',
    'fireTimer',
    'local activity',
  ]);
});
