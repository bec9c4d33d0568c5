/** Runs the scenarios in virtual time with the published SDK, and says where they go otherwise than expected. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runScript, stage } from './stage.ts';

interface SkippingServer {
  readonly address: string;
  stop(): Promise<void>;
}

export interface Skipped {
  /** One line for each scenario that missed what is expected of it. */
  missed: string[];
  ran: number;
}

interface Recorded {
  scenario: string;
  missed: string[];
  expected: unknown;
  observed: unknown;
}

/** They compare the server's clock with the machine's, so nothing may have skipped before. */
const wantFreshClock = ['activity-clock', 'current-time-runs', 'workflow-date-follows'];

/** Scenarios allow real time little, and miss it on a machine that is busy: those that miss are played again, alone. */
const mostTries = 3;

/** @param startServer starts one whose clock skips */
export async function skipTime(startServer: () => Promise<SkippingServer>): Promise<Skipped> {
  const staged = stage('published', 'time-skipping');
  const out = join(staged, 'out');
  let log = '';
  const play = async (pattern: string): Promise<void> => {
    const server = await startServer();
    log += await runScript(join(staged, 'record.ts'), [server.address, out, pattern]);
    await server.stop();
  };
  for (const pattern of ['*', ...wantFreshClock]) await play(pattern);
  for (let tries = 1; tries < mostTries; tries++) {
    for (const { scenario } of missesIn(out)) await play(scenario);
  }
  writeFileSync(join(staged, 'record.log'), log);
  return { missed: missesIn(out).map(describe), ran: readdirSync(out).length };
}

function missesIn(folder: string): Recorded[] {
  const recorded = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recorded);
  return recorded.filter(({ missed }) => missed.length > 0);
}

const describe = ({ scenario, missed, expected, observed }: Recorded): string =>
  `${scenario} (${missed.join(', ')}): expected ${JSON.stringify(expected)}, observed ${JSON.stringify(observed)}`;
