/** Fresh processes, their results and what to make of several of them. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Subject } from './subject.ts';

const resultPrefix = 'RESULT ';

export type Figures = Record<string, number>;

/** Called by a child: the one line that its parent reads. */
export function report(figures: Figures): void {
  console.log(resultPrefix + JSON.stringify(figures));
}

/** Runs `bench/children/NAME.ts` for a subject and returns what it reported, and how long the process took. */
export async function runChild(subject: Subject, name: string, args: readonly string[] = []): Promise<Figures> {
  const file = fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', file, ...args], {
    cwd: subject.root,
    env: { ...process.env, BENCH_ROOT: subject.root, BENCH_SCOPE: subject.scope },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const processMs = performance.now() - startedMs;
  const line = output.split('\n').findLast((text) => text.startsWith(resultPrefix));
  if (code !== 0 || line === undefined) {
    throw new Error(
      `${name} ${args.join(' ')} of ${subject.label} ended with ${code} and without a result:\n${output}${errors}`,
    );
  }
  return { ...(JSON.parse(line.slice(resultPrefix.length)) as Figures), processMs };
}

/** The median of each figure over `repetitions` runs. */
export async function medians(repetitions: number, run: () => Promise<Figures>): Promise<Figures> {
  const all: Figures[] = [];
  for (let i = 0; i < repetitions; i++) all.push(await run());
  const names = Object.keys(all[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(all.map((figures) => figures[name] ?? Number.NaN))]));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** User and system CPU of this process with all its threads, in ms. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
