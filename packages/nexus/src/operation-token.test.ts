import type { HandlerError } from 'nexus-rpc';
import { describe, expect, it } from 'vitest';
import { loadWorkflowRunOperationToken, readOperationToken, writeOperationToken } from './operation-token.ts';

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
    ['', 'invalid operation token', 'token is empty'],
    ['!', 'invalid operation token', 'failed to decode token'],
    [Buffer.from('{').toString('base64url'), 'invalid operation token', 'failed to unmarshal Operation token'],
    [written(1), 'invalid operation token', 'expected object, got number'],
    [written({ t: 1, wid: 'w' }), 'invalid operation token', 'expected namespace to be a string'],
    [written({ t: 9, ns: 'n' }), 'invalid operation token', 'unknown token type: 9'],
    [written({ v: 1, t: 1, ns: 'n', wid: 'w' }), 'invalid operation token', '"v" field should not be present'],
    [written({ t: 1, ns: 'n' }), 'invalid workflow run operation token', 'missing workflow ID (wid)'],
    [written({ t: 2, ns: 'n', aid: 'a' }), 'invalid activity operation token', '(rid)'],
    [written({ t: 3, ns: 'n', wid: 'w' }), 'invalid update workflow operation token', '(uid)'],
  ])('that is malformed is refused: %s', (text, message, why) => {
    const cause = expect.objectContaining({ message: expect.stringContaining(why) as string }) as Error;
    expect(() => readOperationToken(text)).toThrow(
      expect.objectContaining({ type: 'BAD_REQUEST', message, cause }) as HandlerError,
    );
  });

  it('of a workflow can be told from others', () => {
    const token = writeOperationToken({ kind: 'workflowRun', namespace: 'n', workflowId: 'w' });
    expect(loadWorkflowRunOperationToken(token)).toEqual({ t: 1, ns: 'n', wid: 'w' });
    expect(() => loadWorkflowRunOperationToken(written({ t: 2, ns: 'n' }))).toThrow('invalid workflow token type: 2');
    expect(() => loadWorkflowRunOperationToken(written({ t: 1, ns: 'n' }))).toThrow('missing workflow ID (wid)');
  });
});
