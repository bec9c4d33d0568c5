import { medians, runChild } from '../measure.ts';
import type { Group } from '../row.ts';

/** The published SDK's sandbox was measured through its internal modules; the recorded figures stand for it. */
export const sandbox: Group<'activation' | 'creation'> = {
  name: 'sandbox',
  rows: {
    activation: { what: 'sandbox, one activation', unit: 'ms', goal: 0.03, recorded: 0.54, better: 'lower' },
    creation: {
      what: 'sandbox, a new run with its first activation',
      unit: 'ms',
      goal: 0.15,
      recorded: 2.17,
      better: 'lower',
    },
  },
  async measure(subject, repetitions) {
    if (subject.label === 'published') return {};
    const figures = await medians(repetitions, () => runChild(subject, 'sandbox'));
    return { activation: figures['activationMs'] ?? Number.NaN, creation: figures['creationMs'] ?? Number.NaN };
  },
};
