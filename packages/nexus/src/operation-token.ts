/** The text that names what stands behind an asynchronous operation: base64url of JSON, as other SDKs write and read it. */
import { HandlerError } from 'nexus-rpc';

/** What stands behind an operation. */
export type OperationToken =
  | { readonly kind: 'workflowRun'; readonly namespace: string; readonly workflowId: string }
  | { readonly kind: 'activity'; readonly namespace: string; readonly activityId: string; readonly runId: string }
  | {
      readonly kind: 'update';
      readonly namespace: string;
      readonly workflowId: string;
      readonly runId: string;
      readonly updateId: string;
    };

/** What a token says, as it is written. */
export interface TokenJson {
  readonly t: number;
  readonly ns: string;
  readonly wid?: string;
  readonly aid?: string;
  readonly rid?: string;
  readonly uid?: string;
}

/** The types of tokens, by the names that the published SDK gives them. */
export const OperationTokenType = { WORKFLOW_RUN: 1, ACTIVITY: 2, UPDATE_WORKFLOW: 3 } as const;

const types: ReadonlySet<unknown> = new Set(Object.values(OperationTokenType));

/** Writes a token. */
export function writeOperationToken(token: OperationToken): string {
  return encodeOperationToken(jsonOf(token));
}

/** Writes what a token says. */
export function encodeOperationToken(json: TokenJson): string {
  return Buffer.from(JSON.stringify(json)).toString('base64url');
}

function jsonOf(token: OperationToken): TokenJson {
  const ns = token.namespace;
  switch (token.kind) {
    case 'workflowRun':
      return { t: OperationTokenType.WORKFLOW_RUN, ns, wid: token.workflowId };
    case 'activity':
      return { t: OperationTokenType.ACTIVITY, ns, aid: token.activityId, rid: token.runId };
    case 'update': {
      const run = token.runId === '' ? {} : { rid: token.runId };
      return { t: OperationTokenType.UPDATE_WORKFLOW, ns, wid: token.workflowId, ...run, uid: token.updateId };
    }
  }
}

/** @throws HandlerError of type BAD_REQUEST for a text that is no token, or one of a later version */
export function readOperationToken(text: string): OperationToken {
  const json = refusing('invalid operation token', () => loadOperationToken(text));
  const namespace = json.ns;
  switch (json.t) {
    case OperationTokenType.WORKFLOW_RUN:
      return refusing('invalid workflow run operation token', () => ({
        kind: 'workflowRun',
        namespace,
        workflowId: needed(json, 'wid', 'workflow run token: missing workflow ID (wid)'),
      }));
    case OperationTokenType.ACTIVITY:
      return refusing('invalid activity operation token', () => ({
        kind: 'activity',
        namespace,
        activityId: needed(json, 'aid', 'activity token: missing or invalid activity ID (aid)'),
        runId: needed(json, 'rid', 'activity token: missing or invalid activity run ID (rid)'),
      }));
    default:
      return refusing('invalid update workflow operation token', () => ({
        kind: 'update',
        namespace,
        workflowId: needed(json, 'wid', 'update workflow token: missing workflow ID (wid)'),
        runId: typeof json.rid === 'string' ? json.rid : '',
        updateId: needed(json, 'uid', 'update workflow token: missing update ID (uid)'),
      }));
  }
}

/** What a token says, of a type that is known. @throws TypeError for a text that is no token, or one of a later version */
export function loadOperationToken(text: string): TokenJson {
  if (text === '') throw new TypeError('invalid operation token: token is empty');
  if (!/^[\w-]+$/.test(text)) throw new TypeError('failed to decode token');
  const json = parse(Buffer.from(text, 'base64url').toString());
  if (json['v'] !== undefined && json['v'] !== 0)
    throw new TypeError('invalid operation token: "v" field should not be present');
  const { t, ns } = json;
  if (!types.has(t)) throw new TypeError(`invalid operation token: unknown token type: ${String(t)}`);
  if (typeof ns !== 'string')
    throw new TypeError(`invalid operation token: expected namespace to be a string, got ${typeof ns}`);
  return json as unknown as TokenJson;
}

/** A token of a workflow, as it is written. @throws TypeError for any other */
export function loadWorkflowRunOperationToken(text: string): TokenJson {
  const json = loadOperationToken(text);
  const { WORKFLOW_RUN } = OperationTokenType;
  if (json.t !== WORKFLOW_RUN) throw new TypeError(`invalid workflow token type: ${json.t}, expected: ${WORKFLOW_RUN}`);
  needed(json, 'wid', 'workflow run token: missing workflow ID (wid)');
  return json;
}

function parse(text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TypeError('failed to unmarshal Operation token', { cause });
  }
  if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  throw new TypeError(`invalid operation token: expected object, got ${typeof json}`);
}

function needed(json: TokenJson, field: 'wid' | 'aid' | 'rid' | 'uid', why: string): string {
  const value: unknown = json[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new TypeError(`invalid ${why}`);
}

function refusing<T>(message: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new HandlerError('BAD_REQUEST', message, { cause });
  }
}
