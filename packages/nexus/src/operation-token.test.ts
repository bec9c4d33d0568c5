import type { HandlerError } from 'nexus-rpc';
import { describe, expect, it } from 'vitest';
import { readOperationToken, writeOperationToken } from './operation-token.ts';

const written = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url');

describe('the token of an operation', () => {
  it.each([
    [
      { kind: 'workflowRun', namespace: 'n', workflowId: 'w' },
      { t: 1, ns: 'n', wid: 'w' },
    ],
    [
      { kind: 'activity', namespace: 'n', activityId: 'a', runId: 'r' },
      { t: 2, ns: 'n', aid: 'a', rid: 'r' },
    ],
    [
      { kind: 'update', namespace: 'n', workflowId: 'w', runId: '', updateId: 'u' },
      { t: 3, ns: 'n', wid: 'w', uid: 'u' },
    ],
    [
      { kind: 'update', namespace: 'n', workflowId: 'w', runId: 'r', updateId: 'u' },
      { t: 3, ns: 'n', wid: 'w', rid: 'r', uid: 'u' },
    ],
  ] as const)('goes both ways: %#', (token, json) => {
    expect(writeOperationToken(token)).toBe(written(json));
    expect(readOperationToken(writeOperationToken(token))).toEqual(token);
  });

  it.each([
    ['', 'not base64url'],
    ['!', 'not base64url'],
    [Buffer.from('{').toString('base64url'), 'not JSON'],
    [written(1), 'not an object'],
    [written({ t: 1, ns: 'n' }), 'wid'],
    [written({ t: 1, wid: 'w' }), 'ns'],
    [written({ t: 9, ns: 'n' }), 'type 9'],
    [written({ v: 1, t: 1, ns: 'n', wid: 'w' }), 'version 1'],
  ])('that is malformed is refused: %s', (text, why) => {
    const read = (): unknown => readOperationToken(text);
    expect(read).toThrow(why);
    expect(read).toThrow(expect.objectContaining({ type: 'BAD_REQUEST' }) as HandlerError);
  });
});
