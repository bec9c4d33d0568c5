/** The first event of a child. */
import { ContinueAsNewInitiator } from '@reprise/proto';
import type { Execution } from './execution.ts';
import { childVersion, type VersionReaches } from './inherited-version.ts';
import type { NewRun } from './new-run.ts';
import { mergedPriority } from './priority.ts';
import type { Child } from './related.ts';
import type { StartedAttributes } from './wire.ts';
import { duration, durationMs, timestamp } from './wire.ts';

/** Events of a namespace that lives on one cluster all have this version. */
const eventVersion = 0;

export interface ChildRunOptions {
  readonly runId: string;
  readonly nowMs: number;
  readonly nextCronMs: (cron: string, afterMs: number) => number | undefined;
  readonly versionReaches: VersionReaches;
}

export function childRun(parent: Execution, child: Child, options: ChildRunOptions): NewRun {
  const { attributes } = child;
  const { run, started } = parent;
  const workflowId = attributes.workflowId ?? '';
  const self = { workflowId: run.workflowId, runId: run.runId };
  const executionMs = durationMs(attributes.workflowExecutionTimeout);
  const cronDueMs = attributes.cronSchedule ? options.nextCronMs(attributes.cronSchedule, options.nowMs) : undefined;
  const backoffMs = cronDueMs === undefined ? 0 : Math.ceil((cronDueMs - options.nowMs) / 1000) * 1000;
  const first: StartedAttributes = {
    workflowType: attributes.workflowType ?? {},
    parentWorkflowNamespace: run.namespace,
    parentWorkflowNamespaceId: run.namespaceId,
    parentWorkflowExecution: self,
    parentInitiatedEventId: child.initiatedEventId,
    taskQueue: attributes.taskQueue ?? {},
    workflowRunTimeout: attributes.workflowRunTimeout ?? duration(0),
    workflowTaskTimeout: attributes.workflowTaskTimeout ?? duration(10_000),
    originalExecutionRunId: options.runId,
    firstExecutionRunId: options.runId,
    attempt: 1,
    firstWorkflowTaskBackoff: duration(backoffMs),
    workflowId,
    rootWorkflowExecution: started.rootWorkflowExecution ?? self,
    ...childVersion(parent, { taskQueue: attributes.taskQueue?.name ?? '', reaches: options.versionReaches }),
  };
  if (attributes.workflowExecutionTimeout) first.workflowExecutionTimeout = attributes.workflowExecutionTimeout;
  if (executionMs > 0) first.workflowExecutionExpirationTime = timestamp(Math.round(options.nowMs + executionMs));
  if (attributes.cronSchedule) {
    first.cronSchedule = attributes.cronSchedule;
    first.initiator = ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_CRON_SCHEDULE;
  }
  for (const key of ['input', 'retryPolicy', 'header', 'memo', 'searchAttributes'] as const) {
    if (attributes[key]) Object.assign(first, { [key]: attributes[key] });
  }
  const priority = mergedPriority(parent.options.priority, attributes.priority);
  if (priority) first.priority = priority;
  return {
    run: { kind: 'workflow', namespaceId: run.namespaceId, namespace: run.namespace, workflowId, runId: options.runId },
    createRequestId: `${run.runId}:${child.initiatedEventId}:${eventVersion}`,
    attributes: first,
    extras: { timeMs: options.nowMs, userMetadata: child.userMetadata },
  };
}
