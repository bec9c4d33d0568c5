import { describe, expect, it } from 'vitest';
import { eventLinkType, isSendable, linksWithUrls, operationLinkUrl, readLink } from './nexus-links.ts';

const run = { namespace: 'default', workflowId: 'order 1/2', runId: 'r' } as Parameters<typeof operationLinkUrl>[0];

describe('a link of an operation', () => {
  it('leads back to the event that asked for it', () => {
    const link = { url: operationLinkUrl(run, 7), type: eventLinkType };
    expect(isSendable(link)).toBe(true);
    expect(readLink(link)).toEqual([
      {
        workflowEvent: {
          namespace: 'default',
          workflowId: 'order 1/2',
          runId: 'r',
          eventRef: { eventId: 7, eventType: 48 },
        },
      },
    ]);
  });

  it('is dropped when it is no URL, or names no event', () => {
    expect(linksWithUrls([{ url: ':x' }, { url: 'http://a b' }, { url: 'http://a/%zz' }, { url: 'x' }])).toEqual([
      { url: 'x' },
    ]);
    expect(readLink({ url: 'http://example.com', type: eventLinkType })).toEqual([]);
  });

  it.each([
    [{ url: '', type: 'a' }, false],
    [{ url: 'x', type: '' }, false],
    [{ url: 'x', type: 'a b' }, false],
    [{ url: 'x?a=%zz', type: 'a' }, false],
    [{ url: 'x?a=b;c', type: 'a' }, false],
    [{ url: 'x?a=b', type: 'a.b/c_d' }, true],
  ])('%o fits into a header: %s', (link, fits) => {
    expect(isSendable(link)).toBe(fits);
  });
});
