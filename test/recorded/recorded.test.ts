/** Every history that an earlier version of this SDK recorded replays on this one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replayFiles, replayHistories } from '@reprise/testing/replay';
import { describe, expect, test } from 'vitest';

const here = import.meta.dirname;
const versions = readdirSync(here).filter((name) => /^\d+\.\d+\.\d+$/.test(name));

test('there are histories', () => {
  expect(versions.length).toBeGreaterThan(0);
});

describe.each(versions)('recorded by %s', (version) => {
  test('the examples', async () => {
    const { report, text } = await replayFiles({
      workflowsPath: join(here, 'workflows/all.ts'),
      histories: join(here, version, 'examples'),
    });
    expect([report.outcome, report.causes.length], text).toEqual(['ok', 0]);
  });

  test('the samples', async () => {
    const workflowsPath = join(here, 'workflows/samples/all.ts');
    const { report, text } = await replayFiles({ workflowsPath, histories: join(here, version, 'samples') });
    expect([report.outcome, report.causes.length], text).toEqual(['ok', 0]);
  });

  test('the scenarios', async () => {
    const workflowsPath = join(here, '../golden/scenarios/workflows.ts');
    const scenarios = join(here, version, 'scenarios');
    const histories = readdirSync(scenarios).flatMap((file) => {
      const recording = JSON.parse(readFileSync(join(scenarios, file), 'utf8')) as {
        histories: Record<string, object[]>;
      };
      return Object.values(recording.histories).flat();
    });
    const findings: unknown[] = [];
    for await (const verdict of replayHistories({ workflowsPath }, histories)) findings.push(...verdict.findings);
    expect(histories.length).toBeGreaterThan(70);
    expect(findings).toEqual([]);
  });
});
