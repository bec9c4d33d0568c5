import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleWorkflowCodeSync } from '../bundle/bundle-workflow-code.ts';
import { activationOf, creationOf, initializeJob } from './drive.suite.ts';
import { IvmIsolate } from './ivm-isolate.ts';

const golden = new URL('../../../../test/golden/', import.meta.url);

/** The marks of a `ticks-*` scenario, which history has as summaries of timers. */
function recordedOrder(scenario: string): string[] {
  const recorded = JSON.parse(readFileSync(new URL(`histories/${scenario}.json`, golden), 'utf8')) as {
    observed: { result: string[] };
  };
  return recorded.observed.result;
}

describe('the order of microtasks', () => {
  const bundle = bundleWorkflowCodeSync({
    workflowsPath: fileURLToPath(new URL('scenarios/workflows.ts', golden)),
    mapTemporalScope: true,
  });
  const isolate = new IvmIsolate({ bundle });
  afterAll(() => isolate.dispose());

  it.each([
    ['ticks-async-generators', 'ticksOfAsyncGenerators'],
    ['ticks-for-await', 'ticksOfForAwait'],
    ['ticks-promises', 'ticksOfPromises'],
  ])('is the recorded one: %s', (scenario, workflowType) => {
    const creation = creationOf(scenario, workflowType);
    isolate.create(creation);
    const completion = isolate.activate(scenario, activationOf([initializeJob(creation, [])]));
    if (completion.status === 'failed') throw new Error(completion.failure.message ?? 'the task failed');
    const marks = completion.intents.flatMap((intent) =>
      intent.kind === 'startTimer' ? [JSON.parse(intent.userMetadata?.summary?.d ?? 'null') as string] : [],
    );
    expect(marks).toEqual(recordedOrder(scenario));
  });
});
