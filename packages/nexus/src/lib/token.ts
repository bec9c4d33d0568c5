import { writeOperationToken } from '../operation-token.ts';

export {
  encodeOperationToken,
  loadOperationToken,
  loadWorkflowRunOperationToken,
  OperationTokenType,
} from '../operation-token.ts';

/** The token of an operation that a workflow stands behind. */
export function generateWorkflowRunOperationToken(namespace: string, workflowId: string): string {
  return writeOperationToken({ kind: 'workflowRun', namespace, workflowId });
}

/** Text as base64url without padding. */
export function base64URLEncodeNoPadding(text: string): string {
  return Buffer.from(text).toString('base64url');
}
