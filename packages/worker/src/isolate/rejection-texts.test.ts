import { expect, it } from 'vitest';
import { textsOfRejection } from './rejection-texts.ts';

it('tells errors from other values', () => {
  const error = new TypeError('no');
  error.stack = [
    'TypeError: no',
    '    at order (workflow-bundle.js:10:5)',
    '    at call (file:///app/node_modules/@reprise/worker/dist/host.js:1:2)',
    '    at /app/worker.js:1:2',
    '    at node:internal/process:1:1',
  ].join('\n');
  expect(textsOfRejection(error)).toEqual(['TypeError', 'no', 'TypeError: no\n    at order (workflow-bundle.js:10:5)']);
  expect(textsOfRejection('text')).toEqual(['', 'text', '']);
  expect(textsOfRejection(new Error('An object was thrown from supplied code within isolated-vm'))).toEqual([
    '',
    'a value without text',
    '',
  ]);
});
