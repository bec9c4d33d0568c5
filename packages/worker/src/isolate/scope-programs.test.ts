import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../bundle/bundle-of.suite.ts';
import { resultOf } from './drive.suite.ts';
import { IvmIsolate } from './ivm-isolate.ts';
import { scopeProgram } from './scope-programs.suite.ts';

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

/** How often each point was passed in each scope. */
type Seen = Record<string, Record<string, number>>;

/** What a program is run with. `turns` calls back after n turns of the host, from a scope of its own. */
const frame = (body: string): string => `
const seen = {}; const jobs = [];
const L = (point) => { const at = (seen[point] ??= {}); at[cur()] = (at[cur()] ?? 0) + 1; };
const tick = (n) => new Promise((resolve) => turns(n, () => resolve(n)));
const tickFail = (n, error) => new Promise((_, reject) => turns(n, () => reject(error)));
${body}
await Promise.allSettled(jobs);
return seen;`;

async function seenInNode(body: string): Promise<Seen> {
  const scopes = new AsyncLocalStorage<string>();
  let due: { n: number; done: () => void }[] = [];
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parts: string[]
  ) => (...args: unknown[]) => Promise<Seen>;
  const program = new AsyncFunction('cur', 'run', 'turns', frame(body));
  let isOver = false;
  const running = program(
    () => scopes.getStore() ?? 'root',
    (scope: string, fn: () => unknown) => scopes.run(scope, fn),
    (n: number, done: () => void) => due.push({ n, done }),
  ).finally(() => (isOver = true));
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve));
    const turn = due;
    due = [];
    scopes.run('host', () => {
      for (const { n, done } of turn) {
        if (n <= 1) done();
        else due.push({ n: n - 1, done });
      }
    });
  }
  return running;
}

const prelude = `
const scopes = new AsyncLocalStorage();
const cur = () => scopes.getStore() ?? 'root';
const run = (scope, fn) => scopes.run(scope, fn);
const turns = (n, done) => run('host', () => { const step = () => (--n <= 0 ? done() : void setTimeout(step, 1)); setTimeout(step, 1); });
`;

describe('random programs', () => {
  const workflows = SEEDS.map((seed) => `export async function program${seed}() {${frame(scopeProgram(seed).body)}}`);
  const isolate = new IvmIsolate({ bundle: bundleOf({ 'workflows.ts': `${prelude}${workflows.join('\n')}` }) });
  afterAll(() => isolate.dispose());

  it.each(SEEDS)('see the scopes that Node sees: seed %i', async (seed) => {
    expect(resultOf(isolate, `program${seed}`)).toEqual(await seenInNode(scopeProgram(seed).body));
  });
});
