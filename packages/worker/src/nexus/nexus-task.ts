/** A request for a Nexus operation, from a poll. */
import type { Payload } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { HandlerError } from 'nexus-rpc';
import type { Link } from 'nexus-rpc';

type Response = temporal.api.workflowservice.v1.PollNexusTaskQueueResponse;
type Request = temporal.api.nexus.v1.Request;

export interface NexusTask {
  readonly taskToken: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly endpoint: string;
  /** When the server gives the request up, in ms since epoch. */
  readonly deadlineMs: number | undefined;
  readonly scheduledTimeMs: number;
  /** The server understands answers with the failures that workflows see. */
  readonly takesFailures: boolean;
  readonly request: NexusTaskRequest;
}

export type NexusTaskRequest =
  | {
      readonly kind: 'start';
      readonly service: string;
      readonly operation: string;
      readonly requestId: string;
      readonly callbackUrl: string | undefined;
      readonly callbackHeaders: Record<string, string>;
      readonly links: readonly { readonly url: string; readonly type: string }[];
      readonly payload: Payload | undefined;
    }
  | { readonly kind: 'cancel'; readonly service: string; readonly operation: string; readonly token: string }
  | { readonly kind: 'unknown'; readonly service: string; readonly operation: string };

/** The task in a poll's response; undefined when the poll came back empty. */
export function decodeNexusTask(response: Response, nowMs: number): NexusTask | undefined {
  const { taskToken, request } = response;
  if (!taskToken || taskToken.length === 0 || !request) return undefined;
  const headers = Object.fromEntries(
    Object.entries(request.header ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const { seconds = 0, nanos = 0 } = request.scheduledTime ?? {};
  const timeoutMs = goDurationMs(headers['request-timeout']);
  return {
    taskToken,
    headers: caseless(headers),
    endpoint: request.endpoint ?? '',
    deadlineMs: timeoutMs === undefined ? undefined : nowMs + timeoutMs,
    scheduledTimeMs: (seconds ?? 0) * 1000 + Math.floor((nanos ?? 0) / 1e6),
    takesFailures: request.capabilities?.temporalFailureResponses === true,
    request: decodeRequest(request),
  };
}

function decodeRequest({ startOperation: start, cancelOperation: cancel }: Request): NexusTaskRequest {
  if (start) {
    return {
      kind: 'start',
      service: start.service ?? '',
      operation: start.operation ?? '',
      requestId: start.requestId ?? '',
      callbackUrl: start.callback || undefined,
      callbackHeaders: { ...start.callbackHeader },
      links: (start.links ?? []).map(({ url, type }) => ({ url: url ?? '', type: type ?? '' })),
      payload: start.payload ?? undefined,
    };
  }
  if (cancel) {
    const token = cancel.operationToken || cancel.operationId || '';
    return { kind: 'cancel', service: cancel.service ?? '', operation: cancel.operation ?? '', token };
  }
  return { kind: 'unknown', service: '', operation: '' };
}

const unitsMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** `1m30s` and the like, as the header writes lengths of time. */
function goDurationMs(text: string | undefined): number | undefined {
  if (text === undefined || !/^([\d.]+(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitsMs[unit ?? ''] ?? 0), 0);
}

/** Headers that are found whatever the case of the name. */
function caseless(headers: Record<string, string>): Record<string, string> {
  return new Proxy(headers, {
    get: (target, name) => (typeof name === 'string' ? target[name.toLowerCase()] : Reflect.get(target, name)),
    has: (target, name) => Reflect.has(target, typeof name === 'string' ? name.toLowerCase() : name),
    set: (target, name, value) => Reflect.set(target, typeof name === 'string' ? name.toLowerCase() : name, value),
  });
}

/** @throws HandlerError of type BAD_REQUEST for links that are malformed */
export function nexusLinks(links: readonly { readonly url: string; readonly type: string }[]): Link[] {
  return links.map(({ url, type }) => {
    if (!URL.canParse(url) || type === '') throw new HandlerError('BAD_REQUEST', `malformed link: ${type} ${url}`);
    return { url: new URL(url), type };
  });
}
