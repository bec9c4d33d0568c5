import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { helloHistory } from '../history-builder.ts';
import { medians, runChild } from '../measure.ts';
import type { Group } from '../row.ts';
import type { Subject } from '../subject.ts';

type Key = 'local' | 'timeSkipping' | 'server' | 'command';

/** The first of each in a fresh process. The published SDK fetches its test servers from the network. */
export const start: Group<Key> = {
  name: 'start',
  rows: {
    local: { what: 'first test environment, createLocal', unit: 'ms', goal: 100, better: 'lower' },
    timeSkipping: { what: 'first test environment, createTimeSkipping', unit: 'ms', goal: 100, better: 'lower' },
    server: { what: 'server as a library, started, listening and stopped', unit: 'ms', goal: 100, better: 'lower' },
    command: { what: 'reprise replay of one history, whole process', unit: 'ms', goal: 200, better: 'lower' },
  },
  async measure(subject, repetitions) {
    if (subject.label === 'published') return {};
    return {
      local: await firstMs(subject, repetitions, 'local'),
      timeSkipping: await firstMs(subject, repetitions, 'timeSkipping'),
      server: await firstMs(subject, repetitions, 'server'),
      command: await commandMs(subject, repetitions),
    };
  },
};

async function firstMs(subject: Subject, repetitions: number, what: string): Promise<number> {
  const { ms = Number.NaN } = await medians(repetitions, () => runChild(subject, 'start-one', [what]));
  return ms;
}

/** The command line as a user runs it, its compile cache filled by a first run. */
async function commandMs({ root }: Subject, repetitions: number): Promise<number> {
  const history = join(root, 'hello-history.json');
  writeFileSync(history, JSON.stringify(helloHistory()));
  const args = ['node_modules/reprise/bin/reprise.js', 'replay', '--workflows', 'workflows/replay.ts', history];
  const run = (): { ms: number } => {
    const startedMs = performance.now();
    execFileSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
    return { ms: performance.now() - startedMs };
  };
  run();
  const { ms = Number.NaN } = await medians(repetitions, () => Promise.resolve(run()));
  return ms;
}
