/** When a version of a deployment that gets no new workflows counts as drained. */
import { VersionDrainageStatus } from '@reprise/proto';
import { afterEach, expect, test } from 'vitest';
import { type Calls, callsOf } from './calls-of.suite.ts';
import { type RunningServer, startServer } from './server.ts';

const namespace = 'default';
const deploymentName = 'shop';
const grace = 'matching.wv.VersionDrainageStatusVisibilityGracePeriod';
const { VERSION_DRAINAGE_STATUS_DRAINING: draining, VERSION_DRAINAGE_STATUS_DRAINED: drained } = VersionDrainageStatus;

let server: RunningServer;
let call: Calls;
afterEach(() => server.stop());

/** With a version that was current before another is. */
async function start(gracePeriod: string): Promise<void> {
  server = await startServer({ dynamicConfig: { [grace]: gracePeriod } });
  call = callsOf(server.transport);
  await call('createWorkerDeployment', { namespace, deploymentName, requestId: 'r' });
  for (const buildId of ['old', 'new']) {
    await call('setWorkerDeploymentCurrentVersion', { namespace, deploymentName, buildId, allowNoPollers: true });
  }
}

async function status(): Promise<VersionDrainageStatus | null | undefined> {
  const deploymentVersion = { deploymentName, buildId: 'old' };
  const { workerDeploymentVersionInfo } = await call('describeWorkerDeploymentVersion', {
    namespace,
    deploymentVersion,
  });
  return workerDeploymentVersionInfo?.drainageInfo?.status;
}

test('it drains as long as nobody has looked yet', async () => {
  await start('1h');
  expect(await status()).toBe(draining);
});

test('it has drained when nothing that runs is pinned to it', async () => {
  await start('0s');
  expect(await status()).toBe(drained);
});
