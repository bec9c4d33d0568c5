import { writeLibrarySet } from '../library-set.ts';
import { medians, runChild } from '../measure.ts';
import type { Group } from '../row.ts';

export const bundle: Group<'hello' | 'libraries'> = {
  name: 'bundle',
  rows: {
    hello: { what: 'bundle hello world, cold', unit: 'ms', goal: 100, recorded: 951, better: 'lower' },
    libraries: {
      what: 'bundle 20 workflows with zod, lodash-es, date-fns, cold',
      unit: 'ms',
      goal: 300,
      recorded: 2420,
      better: 'lower',
    },
  },
  async measure(subject, repetitions) {
    const libraries = writeLibrarySet(subject);
    const hello = await medians(repetitions, () => runChild(subject, 'bundle-workflows', ['hello.ts']));
    const large = await medians(repetitions, () => runChild(subject, 'bundle-workflows', [libraries]));
    return { hello: hello['coldMs'] ?? Number.NaN, libraries: large['coldMs'] ?? Number.NaN };
  },
};
