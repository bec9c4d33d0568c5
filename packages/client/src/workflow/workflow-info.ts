import {
  decodePriority,
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
  optionalTsToDate,
  requiredTsToDate,
} from '@reprise/common';
import type { Priority, SearchAttributes, TypedSearchAttributes } from '@reprise/common';
import { WorkflowExecutionStatus } from '@reprise/proto';
import type { temporal } from '@reprise/proto';
import type { Converter } from '../convert/converter.ts';
import { decodeUserMetadata } from '../convert/user-metadata.ts';

export type RawWorkflowExecutionInfo = temporal.api.workflow.v1.WorkflowExecutionInfo;
export type DescribeWorkflowExecutionResponse = temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;

/** The state of a workflow, as its name on the wire without the prefix. */
export type WorkflowExecutionStatusName =
  | 'UNSPECIFIED'
  | 'RUNNING'
  | 'COMPLETED'
  | 'FAILED'
  | 'CANCELLED'
  | 'TERMINATED'
  | 'CONTINUED_AS_NEW'
  | 'TIMED_OUT'
  | 'PAUSED'
  | 'UNKNOWN';

/** What the server knows of a workflow, as `list` gives it. */
export interface WorkflowExecutionInfo {
  type: string;
  workflowId: string;
  runId: string;
  taskQueue: string;
  status: { code: number; name: WorkflowExecutionStatusName };
  historyLength: number;
  /** Size of the history in bytes. */
  historySize?: number;
  startTime: Date;
  /** When the first task was or will be scheduled; later than `startTime` after a start delay. */
  executionTime?: Date;
  closeTime?: Date;
  memo?: Record<string, unknown> | undefined;
  /** @deprecated in favour of `typedSearchAttributes`. */
  searchAttributes: SearchAttributes;
  typedSearchAttributes: TypedSearchAttributes;
  parentExecution?: { workflowId: string; runId: string } | undefined;
  rootExecution?: { workflowId: string; runId: string } | undefined;
  priority?: Priority | undefined;
  raw: RawWorkflowExecutionInfo;
}

/** What `describe` gives: the info, and what has to be fetched and decoded on its own. */
export type WorkflowExecutionDescription = WorkflowExecutionInfo & {
  /** The summary given at the start. */
  staticSummary: () => Promise<string | undefined>;
  /** The details given at the start. */
  staticDetails: () => Promise<string | undefined>;
  raw: DescribeWorkflowExecutionResponse;
};

/** Decodes the info of the wire. */
export async function decodeWorkflowInfo(
  converter: Converter,
  raw: RawWorkflowExecutionInfo,
): Promise<WorkflowExecutionInfo> {
  const workflowId = raw.execution?.workflowId ?? '';
  const executionTime = optionalTsToDate(raw.executionTime);
  const closeTime = optionalTsToDate(raw.closeTime);
  const memo = await converter.decodeMap(raw.memo?.fields);
  const parentExecution = decodeExecution(raw.parentExecution);
  const rootExecution = decodeExecution(raw.rootExecution);
  return {
    type: raw.type?.name ?? '',
    workflowId,
    runId: raw.execution?.runId ?? '',
    taskQueue: raw.taskQueue ?? '',
    status: { code: raw.status ?? 0, name: statusName(raw.status ?? 0) },
    historyLength: raw.historyLength ?? 0,
    ...(raw.historySizeBytes ? { historySize: raw.historySizeBytes } : {}),
    startTime: requiredTsToDate(raw.startTime, 'startTime'),
    ...(executionTime && { executionTime }),
    ...(closeTime && { closeTime }),
    memo,
    searchAttributes: decodeSearchAttributes(raw.searchAttributes?.indexedFields),
    typedSearchAttributes: decodeTypedSearchAttributes(raw.searchAttributes?.indexedFields),
    parentExecution,
    rootExecution,
    priority: decodePriority(raw.priority),
    raw,
  };
}

/** Decodes the answer of `describe`. */
export async function decodeWorkflowDescription(
  converter: Converter,
  raw: DescribeWorkflowExecutionResponse,
): Promise<WorkflowExecutionDescription> {
  const info = await decodeWorkflowInfo(converter, raw.workflowExecutionInfo ?? {});
  const metadata = (): ReturnType<typeof decodeUserMetadata> =>
    decodeUserMetadata(converter, raw.executionConfig?.userMetadata);
  return {
    ...info,
    staticSummary: async () => (await metadata()).staticSummary,
    staticDetails: async () => (await metadata()).staticDetails,
    raw,
  };
}

function decodeExecution(
  execution: temporal.api.common.v1.WorkflowExecution | null | undefined,
): { workflowId: string; runId: string } | undefined {
  return execution ? { workflowId: execution.workflowId ?? '', runId: execution.runId ?? '' } : undefined;
}

const names: Readonly<Record<string, WorkflowExecutionStatusName>> = Object.fromEntries(
  Object.entries(WorkflowExecutionStatus).map(([name, code]) => [
    code,
    // The wire writes CANCELED; the published SDK shows CANCELLED.
    name.replace('WORKFLOW_EXECUTION_STATUS_', '').replace('CANCELED', 'CANCELLED') as WorkflowExecutionStatusName,
  ]),
);

function statusName(code: number): WorkflowExecutionStatusName {
  return names[code] ?? 'UNKNOWN';
}
