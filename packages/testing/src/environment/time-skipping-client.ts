import type { Workflow, WorkflowResultType } from '@reprise/common';
import {
  Client,
  type ClientOptions,
  type Connection,
  WorkflowClient,
  type WorkflowClientOptions,
  type WorkflowResultOptions,
} from '@reprise/client';

/** How to wait for a result in an environment with virtual time. */
export interface TimeSkippingResultOptions extends WorkflowResultOptions {
  /** Waits in real time, without letting the clock jump. Default false. */
  runInNormalTime?: boolean;
}

/** A workflow client that lets virtual time jump for as long as somebody waits for a result. */
export class TimeSkippingWorkflowClient extends WorkflowClient {
  readonly #testService: Connection['testService'];

  constructor(options: WorkflowClientOptions, testService: Connection['testService']) {
    super(options);
    this.#testService = testService;
  }

  override async result<T extends Workflow>(
    workflowId: string,
    runId?: string,
    options: TimeSkippingResultOptions = {},
  ): Promise<WorkflowResultType<T>> {
    const { runInNormalTime, ...rest } = options;
    if (runInNormalTime === true) return await super.result<T>(workflowId, runId, rest);
    await this.#testService.unlockTimeSkipping({});
    try {
      return await super.result<T>(workflowId, runId, rest);
    } finally {
      await this.#testService.lockTimeSkipping({});
    }
  }
}

/** A client whose `workflow` skips time. */
export class TimeSkippingClient extends Client {
  override readonly workflow: TimeSkippingWorkflowClient;

  constructor(options: ClientOptions, testService: Connection['testService']) {
    super(options);
    this.workflow = new TimeSkippingWorkflowClient(this.workflowOptions(options), testService);
  }

  private workflowOptions(options: ClientOptions): WorkflowClientOptions {
    const { connection, namespace, identity, interceptors } = this.options;
    return {
      connection,
      namespace,
      identity,
      interceptors: interceptors.workflow ?? [],
      ...(options.dataConverter === undefined ? {} : { dataConverter: options.dataConverter }),
      ...options.workflow,
    };
  }
}
