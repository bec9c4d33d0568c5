import type { Workflow, WorkflowResultType } from '@reprise/common';
import {
  Client,
  type ClientOptions,
  type Connection,
  type ConnectionLike,
  WorkflowClient,
  type WorkflowClientOptions,
  type WorkflowResultOptions,
} from '@reprise/client';

import { skippingConnection, type WhileSkipping, whileSkipping } from './skipping-connection.ts';

/** How to wait for a result in an environment with virtual time. */
export interface TimeSkippingResultOptions extends WorkflowResultOptions {
  /** Waits in real time, without letting the clock jump. Default false. */
  runInNormalTime?: boolean;
}

/** A workflow client that lets virtual time jump for as long as somebody waits for a result. */
export class TimeSkippingWorkflowClient extends WorkflowClient {
  readonly #whileSkipping: WhileSkipping;

  /** @param options with a connection to a server that has TestService */
  constructor(options: WorkflowClientOptions & { readonly connection: ConnectionLike }) {
    super(options);
    this.#whileSkipping = whileSkipping(options.connection);
  }

  override async result<T extends Workflow>(
    workflowId: string,
    runId?: string,
    options: TimeSkippingResultOptions = {},
  ): Promise<WorkflowResultType<T>> {
    const { runInNormalTime, ...rest } = options;
    const wait = () => super.result<T>(workflowId, runId, rest);
    return await (runInNormalTime === true ? wait() : this.#whileSkipping(wait));
  }
}

/** A client that lets virtual time jump for as long as somebody waits: for a result, an update, an activity of its own. */
export class TimeSkippingClient extends Client {
  declare readonly workflow: TimeSkippingWorkflowClient;

  constructor(options: ClientOptions & { readonly connection: Connection }) {
    super({ ...options, connection: skippingConnection(options.connection) });
  }

  protected override makeWorkflowClient(
    options: WorkflowClientOptions & { readonly connection: ConnectionLike },
  ): TimeSkippingWorkflowClient {
    return new TimeSkippingWorkflowClient(options);
  }
}
