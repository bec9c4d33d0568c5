/**
 * A connection whose waiting calls let virtual time jump.
 *
 * I1. Time is locked until the server has what is waited for: an update is sent and accepted first, so that no timer of
 *     the workflow overtakes it.
 * I2. What was unlocked is locked again, whatever became of the call: the calls of TestService take no part in the
 *     deadlines and abort signals of the caller.
 */
import { Connection, type ConnectionLike } from '@reprise/client';
import { UpdateWorkflowExecutionLifecycleStage as stages } from '@reprise/proto';
import type { temporal } from '@reprise/proto';

import { shareTimeHolders, tellingTimeHolders } from './time-holders.ts';

type UpdateRequest = temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;

/** Runs a call that waits, and lets virtual time jump meanwhile. */
export type WhileSkipping = <Result>(wait: () => Promise<Result>) => Promise<Result>;

/** Lets the clock of a connection's server jump during calls. */
export function whileSkipping(connection: ConnectionLike): WhileSkipping {
  const { testService } = Connection.fromTransport(connection.transport);
  return async (wait) => {
    await testService.unlockTimeSkipping({});
    try {
      return await tellingTimeHolders(connection, wait);
    } finally {
      await testService.lockTimeSkipping({});
    }
  };
}

/** The same connection, on which waiting for updates, and for activities and Nexus operations of a client, skips time. */
export function skippingConnection(connection: Connection): Connection {
  const skip = whileSkipping(connection);
  const { workflowService: real } = connection;
  const workflowService: Connection['workflowService'] = {
    ...real,
    updateWorkflowExecution: (request) => real.updateWorkflowExecution(untilAccepted(request)),
    executeMultiOperation: ({ operations, ...rest }) =>
      real.executeMultiOperation({
        ...rest,
        operations: (operations ?? []).map(({ updateWorkflow, ...operation }) => ({
          ...operation,
          ...(updateWorkflow ? { updateWorkflow: untilAccepted(updateWorkflow) } : {}),
        })),
      }),
    pollWorkflowExecutionUpdate: (request) => skip(() => real.pollWorkflowExecutionUpdate(request)),
    pollActivityExecution: (request) => skip(() => real.pollActivityExecution(request)),
    pollNexusOperationExecution: (request) => skip(() => real.pollNexusOperationExecution(request)),
  };
  const skipping = new Proxy(connection, {
    get(target, name) {
      if (name === 'workflowService') return workflowService;
      // Called on the connection itself, whose private state a proxy does not have.
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  shareTimeHolders(connection, skipping);
  return skipping;
}

/** Clients poll for the outcome of an update that is accepted and no more. */
function untilAccepted(request: UpdateRequest): UpdateRequest {
  const { UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED: accepted } = stages;
  if ((request.waitPolicy?.lifecycleStage ?? 0) <= accepted) return request;
  return { ...request, waitPolicy: { lifecycleStage: accepted } };
}
