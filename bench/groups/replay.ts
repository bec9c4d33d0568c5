import { medians, runChild, type Figures } from '../measure.ts';
import type { Group } from '../row.ts';

type Key = 'hello' | 'helloCpu' | 'long' | 'verdict';

export const replay: Group<Key> = {
  name: 'replay',
  rows: {
    hello: { what: 'replay, hello history', unit: 'histories/s', goal: 5000, recorded: 219, better: 'higher' },
    helloCpu: { what: 'replay, hello history, CPU each', unit: 'ms', goal: 0.3, recorded: 5, better: 'lower' },
    long: {
      what: 'replay, 1,000 activities (6,005 events)',
      unit: 'events/s',
      goal: 100_000,
      recorded: 4000,
      better: 'higher',
    },
    verdict: {
      what: 'replay one history from source, process start to end',
      unit: 'ms',
      goal: 300,
      recorded: 1380,
      better: 'lower',
    },
  },
  async measure(subject, repetitions) {
    const run = (args: string[]): Promise<Figures> =>
      medians(repetitions, () => runChild(subject, 'replay-histories', args));
    const hello = await run(['hello', subject.label === 'reprise' ? '5000' : '500', 'bundle']);
    const long = await run(['sequential', '4', 'bundle']);
    const single = await run(['hello', '1', 'source']);
    return {
      hello: hello['historiesPerSecond'] ?? Number.NaN,
      helloCpu: hello['cpuMsPerHistory'] ?? Number.NaN,
      long: long['eventsPerSecond'] ?? Number.NaN,
      verdict: single['processMs'] ?? Number.NaN,
    };
  },
};
