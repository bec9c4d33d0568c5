import { expect, test } from 'vitest';
import { cutoffStackTrace } from './stack-trace.ts';

test('a stack ends with the last frame of user code', () => {
  const own = ['Error: no', '    at work (/app/src/workflows.ts:3:9)'];
  const below = [
    '    at async failingOnAssertions (/app/node_modules/@reprise/testing/dist/assert-to-failure-interceptor.js:10:10)',
    '    at async reprise:runtime:8952:24',
    '    at ActivityExecution.run (/app/node_modules/@reprise/worker/dist/index.cjs:2738:32)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
  ];
  expect(cutoffStackTrace([...own, ...below].join('\n'))).toBe(own.join('\n'));
});

test('frames of the SDK above user code stay, and no stack is empty text', () => {
  const stack =
    'Error: no\n    at run (/app/node_modules/@reprise/worker/dist/index.js:1:1)\n    at work (/app/a.ts:1:1)';
  expect(cutoffStackTrace(stack)).toBe(stack);
  expect(cutoffStackTrace(undefined)).toBe('');
});
