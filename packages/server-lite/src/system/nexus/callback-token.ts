/** Which operation a completion callback is for: travels through the handler's workflow and comes back with its result. */

export interface CallbackToken {
  readonly namespaceId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly scheduledEventId: number;
  readonly requestId: string;
}

export const writeCallbackToken = (token: CallbackToken): string =>
  Buffer.from(JSON.stringify(token)).toString('base64url');

export function readCallbackToken(text: string): CallbackToken | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const isToken = typeof value === 'object' && value !== null && 'scheduledEventId' in value && 'runId' in value;
    return isToken ? (value as CallbackToken) : undefined;
  } catch {
    return undefined;
  }
}
