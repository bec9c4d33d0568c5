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

/** @param startServer starts one whose clock skips */
export async function skipTime(startServer: () => Promise<SkippingServer>): Promise<Skipped> {
  const staged = stage('published', 'time-skipping');
  const out = join(staged, 'out');
  let log = '';
  for (const pattern of ['*', ...wantFreshClock]) {
    const server = await startServer();
    log += await runScript(join(staged, 'record.ts'), [server.address, out, pattern]);
    await server.stop();
  }
  writeFileSync(join(staged, 'record.log'), log);
  const recorded = readdirSync(out).map((file) => JSON.parse(readFileSync(join(out, file), 'utf8')) as Recorded);
  return { missed: recorded.filter(({ missed }) => missed.length > 0).map(describe), ran: recorded.length };
}

const describe = ({ scenario, missed, expected, observed }: Recorded): string =>
  `${scenario} (${missed.join(', ')}): expected ${JSON.stringify(expected)}, observed ${JSON.stringify(observed)}`;
