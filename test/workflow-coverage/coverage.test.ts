import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@reprise/client';
import { WorkflowCoverage } from '@reprise/nyc-test-coverage';
import { startServer, type RunningServer } from '@reprise/server-lite';
import { bundleWorkflowCode, Worker, type WorkerOptions } from '@reprise/worker';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { greet } from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));

interface Counted {
  s: Record<string, number>;
  f: Record<string, number>;
  statementMap: Record<string, { start: { line: number } }>;
  fnMap: Record<string, { name: string }>;
}

/** What nyc and Jest keep where they count. */
const process = globalThis as { __coverage__?: Record<string, Counted> };

describe('coverage of workflow code', () => {
  let server: RunningServer;
  let client: Client;

  beforeAll(async () => {
    server = await startServer({ logLevel: 'error' });
    client = new Client({ connection: Connection.fromTransport(server.transport) });
  });
  afterAll(() => server.stop());
  afterEach(() => {
    delete process.__coverage__;
  });

  const base = (taskQueue: string) => ({ connection: Connection.fromTransport(server.transport), taskQueue });

  async function greetBoth(options: WorkerOptions & { taskQueue: string }): Promise<void> {
    const { taskQueue } = options;
    const worker = await Worker.create(options);
    await worker.runUntil(async () => {
      for (const politely of [true, false]) {
        const workflowId = `${taskQueue}-${politely}`;
        await client.workflow.execute(greet, { taskQueue, workflowId, args: ['Ada', politely] });
      }
    });
  }

  function linesRun(): Record<string, number> {
    const counted = process.__coverage__?.[workflowsPath];
    const counts = Object.entries(counted?.s ?? {});
    return Object.fromEntries(counts.map(([key, count]) => [counted?.statementMap[key]?.start.line, count]));
  }

  it('counts each statement at its line, over all runs', async () => {
    process.__coverage__ = {};
    const coverage = new WorkflowCoverage();
    await greetBoth(coverage.augmentWorkerOptions({ ...base('counted'), workflowsPath }));
    coverage.mergeIntoGlobalCoverage();
    expect(linesRun()).toEqual({ 2: 2, 3: 2, 7: 2, 11: 0 });
  });

  it('counts in bundles that were made ahead of time, and adds to what was counted before', async () => {
    process.__coverage__ = {};
    const coverage = new WorkflowCoverage();
    const workflowBundle = await bundleWorkflowCode(coverage.augmentBundleOptions({ workflowsPath }));
    await greetBoth(coverage.augmentWorkerOptionsWithBundle({ ...base('bundled'), workflowBundle }));
    coverage.mergeIntoGlobalCoverage();
    await greetBoth(coverage.augmentWorkerOptionsWithBundle({ ...base('bundled-again'), workflowBundle }));
    coverage.mergeIntoGlobalCoverage();
    coverage.mergeIntoGlobalCoverage();
    expect(linesRun()).toEqual({ 2: 4, 3: 4, 7: 4, 11: 0 });
  });

  it('puts its counts in the place of those of compiled code, whose places are others', async () => {
    const compiled = { path: workflowsPath, s: { 0: 9 }, f: {}, b: {}, fnMap: {}, branchMap: {}, inputSourceMap: {} };
    const statementMap = { 0: { start: { line: 40, column: 0 }, end: { line: 41, column: 0 } } };
    process.__coverage__ = { [workflowsPath]: { ...compiled, statementMap } };
    const coverage = new WorkflowCoverage();
    await greetBoth(coverage.augmentWorkerOptions({ ...base('compiled'), workflowsPath }));
    coverage.mergeIntoGlobalCoverage();
    expect(linesRun()).toEqual({ 2: 2, 3: 2, 7: 2, 11: 0 });
  });

  it('changes nothing where nothing counts', () => {
    const coverage = new WorkflowCoverage();
    const options = { ...base('plain'), workflowsPath };
    expect(coverage.augmentWorkerOptions(options)).toBe(options);
    coverage.mergeIntoGlobalCoverage();
    expect(process.__coverage__).toBeUndefined();
  });

  it('says what it needs', () => {
    const coverage = new WorkflowCoverage();
    expect(() => coverage.augmentWorkerOptions({ taskQueue: 'q' } as never)).toThrow('`workflowsPath`');
    expect(() => coverage.augmentWorkerOptionsWithBundle({ taskQueue: 'q' } as never)).toThrow('`workflowBundle`');
  });
});
