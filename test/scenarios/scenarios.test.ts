import { afterAll, beforeAll, describe, it } from 'vitest';
import { recordScenarios, replayWithPublishedSdk } from '../../tools/record/record-scenarios.ts';
import { installPublishedSdk } from '../published-sdk/install.ts';
import { startServer, type ServerProcess } from '../server-process.ts';

const timeout = 1_800_000;

describe.concurrent('the recorded scenarios go as recorded', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    installPublishedSdk();
    server = await startServer(['--search-attribute', 'CustomKeywordField=Keyword']);
  });
  afterAll(() => server?.stop());

  it('with the published SDK on this server', { timeout }, async ({ expect }) => {
    const { differences, passed } = await recordScenarios({ sdk: 'published', address: server.address });
    expect({ differences, passed }).toEqual({ differences: [], passed: 77 });
  });

  it('with our SDK on this server, and the published SDK replays what it did', { timeout }, async ({ expect }) => {
    const { differences, passed, folder } = await recordScenarios({ sdk: 'reprise', address: server.address });
    const { failures } = await replayWithPublishedSdk(folder);
    expect({ differences, passed, failures }).toEqual({ differences: [], passed: 77, failures: [] });
  });
});
