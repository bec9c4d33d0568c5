import { expect, test } from 'vitest';
import { emptyRecordedSdk, noteTaskCompleted } from './flags.ts';

test.each([
  [{ deploymentVersion: { deploymentName: 'shop', buildId: '2' } }, { deploymentName: 'shop', buildId: '2' }],
  [{ workerDeploymentVersion: 'shop.2' }, { deploymentName: 'shop', buildId: '2' }],
  [
    { workerDeploymentName: 'shop', workerVersion: { buildId: '2' } },
    { deploymentName: 'shop', buildId: '2' },
  ],
  [{ workerVersion: { buildId: '2' } }, { deploymentName: '', buildId: '2' }],
  [{}, undefined],
])('a task completed with %j was by the version %j', (attributes, version) => {
  const sdk = emptyRecordedSdk();
  noteTaskCompleted(sdk, attributes);
  expect(sdk.deployment).toEqual(version);
});
