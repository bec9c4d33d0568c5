/**
 * npm run properties -- [RUNS] [--seed SEED]
 *
 * Tries the server's properties on as many random runs as asked: requests and commands at random in virtual time, and, for
 * every hundred of these, five runs with workers and crashes in real time. A failure names the seed that repeats it.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ options: { seed: { type: 'string' } }, allowPositionals: true });
const runs = Number(positionals[0] ?? 1000);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`expected a number of runs, found "${positionals[0]}"`);

const seeds = values.seed === undefined ? {} : { PROPERTY_SEED: values.seed, SIMULATION_SEED: values.seed };
const { status } = spawnSync('vitest', ['run', '--project', 'packages', 'packages/server-lite/src/simulation'], {
  stdio: 'inherit',
  env: { ...process.env, ...seeds, PROPERTY_RUNS: String(runs), SIMULATION_RUNS: String(Math.ceil(runs / 20)) },
});
process.exitCode = status ?? 1;
