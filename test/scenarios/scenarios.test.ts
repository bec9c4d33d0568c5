import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordScenarios, replayWithPublishedSdk } from '../../tools/record/record-scenarios.ts';
import { installPublishedSdk } from '../published-sdk/install.ts';
import { startServer, type ServerProcess } from '../server-process.ts';

describe('the recorded scenarios go as recorded', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    installPublishedSdk();
    server = await startServer(['--search-attribute', 'CustomKeywordField=Keyword']);
  });
  afterAll(() => server?.stop());

  it.concurrent.each(['reprise', 'published'] as const)(
    'with the %s SDK on this server',
    { timeout: 480_000 },
    async (sdk) => {
      const { differences, passed, folder } = await recordScenarios({ sdk, address: server.address });
      expect(differences).toEqual([]);
      expect(passed).toBeGreaterThan(70);
      if (sdk === 'reprise') expect(await replayWithPublishedSdk(folder)).toMatchObject({ failures: [] });
    },
  );
});
