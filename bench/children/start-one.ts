/** start-one.ts local|timeSkipping|server: the time until the first of its kind is ready, imports not counted. */
import { report } from '../measure.ts';
import { entryUrl } from './sdk.ts';

interface Environment {
  teardown(): Promise<void>;
}

interface TestingPackage {
  TestWorkflowEnvironment: Record<'createLocal' | 'createTimeSkipping', () => Promise<Environment>>;
}

interface ServerPackage {
  startServer(options: object): Promise<{ stop(): Promise<void> }>;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

const what = process.argv[2];
if (what === 'server') {
  const { startServer } = (await import(entryUrl('server-lite'))) as ServerPackage;
  report({ ms: await timed(async () => (await startServer({ port: 0, logLevel: 'error' })).stop()) });
} else {
  const { TestWorkflowEnvironment } = (await import(entryUrl('testing'))) as TestingPackage;
  const create = what === 'local' ? 'createLocal' : 'createTimeSkipping';
  report({ ms: await timed(() => TestWorkflowEnvironment[create]()) });
}
process.exit(0);
