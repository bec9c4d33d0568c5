import { describe, expect, it } from 'vitest';
import { decodeNexusTask, nexusLinks } from './nexus-task.ts';

const taskToken = new Uint8Array([1]);

describe('a Nexus task', () => {
  it('is read from what a poll brings', () => {
    const request = {
      header: { 'Request-Timeout': '1m30.5s', Tenant: 'acme' },
      startOperation: {
        service: 's',
        operation: 'o',
        requestId: 'r',
        callback: 'http://back',
        callbackHeader: { a: 'b' },
      },
    };
    const task = decodeNexusTask({ taskToken, request }, 1000);
    expect(task?.deadlineMs).toBe(1000 + 90_500);
    expect(task?.headers['TENANT']).toBe('acme');
    expect('tenant' in (task?.headers ?? {})).toBe(true);
    expect(task?.request).toMatchObject({ kind: 'start', requestId: 'r', callbackUrl: 'http://back' });
  });

  it('names the operation to cancel by its token, or by its id with older servers', () => {
    const cancel = (names: object) =>
      decodeNexusTask({ taskToken, request: { cancelOperation: { service: 's', operation: 'o', ...names } } }, 0)
        ?.request;
    expect(cancel({ operationToken: 't', operationId: 'i' })).toMatchObject({ kind: 'cancel', token: 't' });
    expect(cancel({ operationId: 'i' })).toMatchObject({ token: 'i' });
  });

  it('is none when the poll was empty, and unknown when it is neither', () => {
    expect(decodeNexusTask({}, 0)).toBeUndefined();
    expect(decodeNexusTask({ taskToken, request: {} }, 0)?.request.kind).toBe('unknown');
  });

  it.each(['soon', '', '-1s'])('has no deadline when the header makes no sense: %s', (timeout) => {
    expect(decodeNexusTask({ taskToken, request: { header: { 'request-timeout': timeout } } }, 0)?.deadlineMs).toBe(
      undefined,
    );
  });

  it('refuses links that are malformed', () => {
    expect(nexusLinks([{ url: 'temporal:///a', type: 't' }])[0]?.url.protocol).toBe('temporal:');
    expect(() => nexusLinks([{ url: 'nope', type: 't' }])).toThrow('malformed link');
    expect(() => nexusLinks([{ url: 'temporal:///a', type: '' }])).toThrow('malformed link');
  });
});
