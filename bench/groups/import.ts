import { medians, runChild } from '../measure.ts';
import type { Group } from '../row.ts';
import type { Subject } from '../subject.ts';

export const importing: Group<'worker' | 'client' | 'workflow' | 'testing'> = {
  name: 'import',
  rows: {
    worker: { what: 'import worker', unit: 'ms', goal: 120, recorded: 263, better: 'lower' },
    client: { what: 'import client', unit: 'ms', goal: 80, recorded: 145, better: 'lower' },
    workflow: { what: 'import workflow', unit: 'ms', goal: 26, recorded: 26, better: 'lower' },
    testing: { what: 'import testing', unit: 'ms', goal: 120, recorded: 254, better: 'lower' },
  },
  measure: async (subject, repetitions) => ({
    worker: await importMs(subject, repetitions, 'worker'),
    client: await importMs(subject, repetitions, 'client'),
    workflow: await importMs(subject, repetitions, 'workflow'),
    testing: await importMs(subject, repetitions, 'testing'),
  }),
};

async function importMs(subject: Subject, repetitions: number, name: string): Promise<number> {
  const { ms = Number.NaN } = await medians(repetitions, () => runChild(subject, 'import-package', [name]));
  return ms;
}
