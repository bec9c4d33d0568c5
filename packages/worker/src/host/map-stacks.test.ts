import { defaultPayloadConverter, wallToValue } from '@reprise/common';
import { expect, test } from 'vitest';

import { mapStacks, type StackMapper } from './map-stacks.ts';

const mapper: StackMapper = {
  mapStack: (raw) => raw.replaceAll('bundle.js', 'workflows.ts'),
  frames: () => [{ functionName: 'order', file: 'workflows.ts', line: 3, column: 5 }],
  sourceOf: (file) => (file === 'workflows.ts' ? 'the source' : undefined),
};

test('failures of tasks and of workflows get the positions of the source, their causes too', () => {
  const failure = { message: 'no', stackTrace: 'at a (bundle.js:1:2)', cause: { stackTrace: 'at b (bundle.js:3:4)' } };
  const mapped = {
    message: 'no',
    stackTrace: 'at a (workflows.ts:1:2)',
    cause: { stackTrace: 'at b (workflows.ts:3:4)' },
  };
  expect(mapStacks({ status: 'failed', failure, sinkCalls: [] }, mapper)).toMatchObject({ failure: mapped });
  const completed = {
    status: 'completed' as const,
    intents: [{ kind: 'failWorkflow' as const, failure }],
    usedFlags: [],
    sinkCalls: [],
  };
  expect(mapStacks(completed, mapper)).toMatchObject({ intents: [{ kind: 'failWorkflow', failure: mapped }] });
  expect(mapStacks(completed, undefined)).toBe(completed);
});

test('the stack of a failure ends with user code', () => {
  const frames = [
    'Error: no',
    '    at a (bundle.js:1:2)',
    '    at run (/app/node_modules/@reprise/testing/dist/a.js:1:1)',
  ];
  const failure = { message: 'no', stackTrace: frames.join('\n') };
  expect(mapStacks({ status: 'failed', failure, sinkCalls: [] }, mapper)).toMatchObject({
    failure: { stackTrace: 'Error: no\n    at a (workflows.ts:1:2)' },
  });
});

test('completions without stacks are left as they are', () => {
  const completion = {
    status: 'completed' as const,
    intents: [{ kind: 'cancelTimer' as const, seq: 1 }],
    usedFlags: [],
    sinkCalls: [],
  };
  expect(mapStacks(completion, mapper)).toEqual(completion);
});

test('answers of stack queries are made anew of the raw stacks', () => {
  const stacks = ['at a (bundle.js:1:2)', 'at b (bundle.js:3:4)'];
  const answer = (rawStacks: object) =>
    mapStacks(
      {
        status: 'completed',
        intents: [{ kind: 'answerQuery', id: 'q', rawStacks: rawStacks as never }],
        usedFlags: [],
        sinkCalls: [],
      },
      mapper,
    );
  expect(answer({ stacks })).toMatchObject({
    intents: [{ id: 'q', result: { d: JSON.stringify('at a (workflows.ts:1:2)\n\nat b (workflows.ts:3:4)') } }],
  });
  const sdk = { name: 'typescript', version: '1' };
  const location = { file_path: 'workflows.ts', line: 3, column: 5, function_name: 'order', internal_code: false };
  const enhanced = { sdk, stacks: [{ locations: [location] }, { locations: [location] }], sources: {} };
  expect(answer({ stacks, sdk })).toMatchObject({ intents: [{ result: { d: JSON.stringify(enhanced) } }] });
});

test('errors in log lines get the positions of the source', () => {
  const error = {
    message: 'no',
    stack: 'at a (workflow-bundle.js:1:2)',
    cause: { stack: 'at b (workflow-bundle.js:3:4)' },
  };
  const call = {
    interfaceName: '__temporal_logger',
    functionName: 'warn',
    argsText: JSON.stringify(['failed', { error }]),
    timeMs: 1,
  };
  const completion = { status: 'completed' as const, intents: [], usedFlags: [], sinkCalls: [call] };
  const [mapped] = mapStacks(completion, mapper).sinkCalls;
  expect(mapped?.argsText).toBe(call.argsText.replaceAll('workflow-bundle.js', 'workflow-workflows.ts'));
});

test('the enhanced stacks show the sources of their files when they are asked to', () => {
  const intent = {
    kind: 'answerQuery' as const,
    id: 'q',
    rawStacks: { stacks: ['at a'], sdk: { name: 'x', version: '1' } },
  };
  const completion = { status: 'completed' as const, intents: [intent], usedFlags: [], sinkCalls: [] };
  const sources = (options: object) => {
    const mapped = mapStacks(completion, mapper, options);
    const answered = mapped.status === 'completed' ? mapped.intents[0] : undefined;
    const result = answered?.kind === 'answerQuery' ? answered.result : undefined;
    return result && wallToValue<{ sources: object }>(defaultPayloadConverter, result).sources;
  };
  expect(sources({})).toEqual({});
  expect(sources({ showsSources: true })).toEqual({ 'workflows.ts': [{ line_offset: 0, content: 'the source' }] });
});
