import type { LoadedDataConverter } from '@reprise/common';
import { Converter } from '../convert/converter.ts';
import { decodeWorkflowInfo, type RawWorkflowExecutionInfo, type WorkflowExecutionInfo } from './workflow-info.ts';

/** What `list` gives, of the message of the wire; `raw` is `embedded`, the response that the message came with. */
export async function executionInfoFromRaw<T>(
  info: RawWorkflowExecutionInfo,
  converter: LoadedDataConverter,
  embedded: T,
  namespace: string,
): Promise<Omit<WorkflowExecutionInfo, 'raw'> & { raw: T }> {
  const workflowId = info.execution?.workflowId ?? '';
  const inContext = new Converter(converter).within({ type: 'workflow', namespace, workflowId });
  return { ...(await decodeWorkflowInfo(inContext, info)), raw: embedded };
}
