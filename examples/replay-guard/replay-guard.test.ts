import '@reprise/testing/vitest';
import { fileURLToPath } from 'node:url';
import { replayFiles } from '@reprise/testing';
import { expect, it } from 'vitest';
import { tea } from './src/workflows.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

it('the code replays what was recorded before the patch and after it', async () => {
  await expect(tea).toReplay(here('histories'));
});

it('the code without the patch would strand the teas that were ordered before', async () => {
  const { report } = await replayFiles({ workflowsPath: here('src/without-patch.ts'), histories: here('histories') });
  expect(report).toMatchObject({ outcome: 'divergence', passed: 0, failed: 2 });
  expect(report.causes.map(({ finding }) => finding.code)).toContain('R1003');
});
