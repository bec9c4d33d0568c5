/** The editor that watches a replay, as its extension serves it over HTTP. */
import http from 'node:http';
import { text, buffer } from 'node:stream/consumers';
import { SDK_VERSION } from '../sdk-version.ts';

const ANSWER_WITHIN_MS = 5000;

/** The bytes of the history that is to be replayed. Throws when the editor has none. */
export async function fetchHistory(baseUrl: string): Promise<Uint8Array> {
  const history = await buffer(await call(`${baseUrl}/history`, { method: 'GET' }));
  if (history.length === 0) throw new Error('Empty response body when getting history');
  return history;
}

/** Says which workflow task is about to be replayed. The editor may stop this process before it answers. */
export async function postTask(baseUrl: string, startedEventId: number): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const options = { method: 'POST', headers, timeout: ANSWER_WITHIN_MS };
  const response = await call(`${baseUrl}/current-wft-started`, options, JSON.stringify({ eventId: startedEventId }));
  response.resume();
}

interface CallOptions {
  readonly method: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly timeout?: number;
}

function call(url: string, options: CallOptions, body = ''): Promise<http.IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const headers = {
    'Temporal-Client-Name': 'temporal-typescript',
    'Temporal-Client-Version': SDK_VERSION,
    ...(body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) }),
    ...options.headers,
  };
  const request = http.request(url, { ...options, headers }, resolve);
  const late = new Error(`The editor did not answer within ${ANSWER_WITHIN_MS} ms`);
  request
    .on('timeout', () => request.destroy(late))
    .on('error', reject)
    .end(body);
  return promise.then(checked);
}

async function checked(response: http.IncomingMessage): Promise<http.IncomingMessage> {
  if (response.statusCode === 200) return response;
  const body = await text(response);
  throw new Error(`Bad response code from VS Code: ${response.statusCode}: ${errorIn(body) ?? response.statusMessage}`);
}

function errorIn(body: string): string | undefined {
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    return typeof error === 'string' ? error : undefined;
  } catch {
    return undefined;
  }
}
