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

const kinds = { workflowRun: 1, activity: 2, update: 3 } as const;

/** Writes a token. */
export function writeOperationToken(token: OperationToken): string {
  return Buffer.from(JSON.stringify(jsonOf(token))).toString('base64url');
}

function jsonOf(token: OperationToken): object {
  const shared = { t: kinds[token.kind], ns: token.namespace };
  switch (token.kind) {
    case 'workflowRun':
      return { ...shared, wid: token.workflowId };
    case 'activity':
      return { ...shared, aid: token.activityId, rid: token.runId };
    case 'update':
      return { ...shared, wid: token.workflowId, ...(token.runId !== '' && { rid: token.runId }), uid: token.updateId };
  }
}

/** @throws HandlerError of type BAD_REQUEST for a text that is no token, or one of a later version */
export function readOperationToken(text: string): OperationToken {
  const json = parse(text);
  if (json['v'] !== undefined && json['v'] !== 0) throw malformed(`version ${String(json['v'])} is not known`);
  const field = (name: string): string => {
    const value = json[name];
    if (typeof value !== 'string' || value === '') throw malformed(`field ${name} is missing`);
    return value;
  };
  const namespace = field('ns');
  switch (json['t']) {
    case kinds.workflowRun:
      return { kind: 'workflowRun', namespace, workflowId: field('wid') };
    case kinds.activity:
      return { kind: 'activity', namespace, activityId: field('aid'), runId: field('rid') };
    case kinds.update: {
      const runId = typeof json['rid'] === 'string' ? json['rid'] : '';
      return { kind: 'update', namespace, workflowId: field('wid'), runId, updateId: field('uid') };
    }
    default:
      throw malformed(`type ${String(json['t'])} is not known`);
  }
}

function parse(text: string): Record<string, unknown> {
  if (!/^[\w-]+$/.test(text)) throw malformed('not base64url');
  try {
    const json: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  } catch (cause) {
    throw malformed('not JSON', cause);
  }
  throw malformed('not an object');
}

function malformed(why: string, cause?: unknown): HandlerError {
  return new HandlerError('BAD_REQUEST', `invalid operation token: ${why}`, { cause });
}
