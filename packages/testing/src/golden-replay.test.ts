import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { checkHistory } from './corpus/check-history.ts';
import { goldenHistories, goldenScenarios } from './corpus/golden.suite.ts';
import { parseHistory } from './corpus/parse-history.ts';
import { openReplayer } from './replay/replay-history.ts';
import type { Replayer } from './replay/replayer.ts';

let replayer: Replayer;

beforeAll(() => {
  replayer = openReplayer({ workflowsPath: join(import.meta.dirname, '../../../test/golden/scenarios/workflows.ts') });
});
afterAll(() => replayer.dispose());

test.each(goldenScenarios())('%s, recorded by the published SDK, replays with nothing to remark', (scenario) => {
  for (const history of goldenHistories(scenario)) {
    const verdict = replayer.judge(checkHistory(parseHistory(history).events, {}));
    expect([verdict.status, verdict.findings]).toEqual(['passed', []]);
  }
});
