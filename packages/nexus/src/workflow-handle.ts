import { nexusCall } from '@reprise/client';
import type { GetWorkflowHandleOptions, WithNexusCall } from '@reprise/client';
import type { QueryDefinition, SignalDefinition } from '@reprise/common';
import type { StartOperationContext } from 'nexus-rpc';
import { getClient } from './context.ts';
import { linkedCall } from './operation-call.ts';

/** Marks handles that come from here: a handle of a client is not tied to the operation. */
const ofOperation: unique symbol = Symbol('reprise.nexusWorkflowHandle');
declare const resultType: unique symbol;

/** A workflow that a handler of an operation deals with; `T` is what the workflow returns. */
export interface WorkflowHandle<T> {
  readonly workflowId: string;
  readonly runId?: string;
  /** Sends a signal. @throws WorkflowNotFoundError when there is no such workflow */
  signal<Args extends unknown[] = [], Name extends string = string>(
    def: SignalDefinition<Args, Name> | string,
    ...args: Args
  ): Promise<void>;
  /** Asks the workflow for a value that it computes without changing. @throws QueryNotRegisteredError */
  query<Ret, Args extends unknown[] = []>(def: QueryDefinition<Ret, Args> | string, ...args: Args): Promise<Ret>;
  readonly [ofOperation]: true;
  readonly [resultType]?: T;
}

/** The handle of a workflow, whose calls are tied to the operation. */
export function workflowHandle<T>(
  context: StartOperationContext,
  { workflowId, runId }: { workflowId: string; runId?: string | undefined },
): WorkflowHandle<T> {
  const target = () => {
    const options: GetWorkflowHandleOptions & WithNexusCall = { [nexusCall]: linkedCall(context) };
    return getClient().workflow.getHandle(workflowId, runId, options);
  };
  return {
    workflowId,
    ...(runId !== undefined && { runId }),
    signal: (def, ...args) => target().signal(def, ...args),
    query: (def, ...args) => target().query(def, ...args),
    [ofOperation]: true,
  };
}
