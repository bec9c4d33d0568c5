/** Ties the calls that a handler makes to the operation that it handles. */
import type { NexusCall } from '@reprise/client';
import type { StartOperationContext } from 'nexus-rpc';
import { log } from './context.ts';
import { fromNexusLink, toNexusLink } from './links.ts';

type Links = NonNullable<NexusCall['links']>;

const TOKEN_HEADER = 'nexus-operation-token';

/** For calls that only act on something: where the operation was asked for, and where the answer's link goes. */
export function linkedCall(context: StartOperationContext): NexusCall {
  return {
    links: inboundLinks(context),
    onAnswer({ link }) {
      try {
        if (link) context.outboundLinks.push(toNexusLink(link));
      } catch (error) {
        log.warn('A link of the server could not be handed on', { error });
      }
    },
  };
}

/** For calls that start what stands behind the operation: the server reports its end to whoever asked for the operation. */
export function startingCall(context: StartOperationContext, token: string): NexusCall {
  const call = linkedCall(context);
  const { requestId, callbackUrl, callbackHeaders } = context;
  // The end may be reported before the start is: the token in the header tells the operation all the same.
  const header = { ...callbackHeaders, [TOKEN_HEADER]: token };
  const links = call.links ?? [];
  return {
    ...call,
    requestId,
    attachesToRunning: true,
    ...(callbackUrl !== undefined &&
      callbackUrl !== '' && { completionCallbacks: [{ nexus: { url: callbackUrl, header }, links }] }),
  };
}

function inboundLinks({ inboundLinks: links }: StartOperationContext): Links {
  return links.flatMap((link) => {
    try {
      return [fromNexusLink(link)];
    } catch (error) {
      log.warn('A link of the caller could not be read', { error, url: link.url.href, type: link.type });
      return [];
    }
  });
}
