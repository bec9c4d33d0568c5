/** Clients and workers that ask for anything at any time: of what exists, of what does not, twice, too late. */
import type { temporal } from '@reprise/proto';
import type { Random } from '../system/random.ts';
import { pick, randomCommands, taskQueue } from './random-commands.suite.ts';
import { updateAnswers } from './update-answers.suite.ts';
import type { VirtualServer } from './virtual-server.suite.ts';

type WorkflowTask = temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;

type Request = () => Promise<unknown>;
type Requests = readonly [Request, ...Request[]];

const namespace = 'default';
const failure = { message: 'again', applicationFailureInfo: {} };
/** The shortest that a poll may wait. */
const pollMs = 2000;

export class RandomRequests {
  /** Signals that were acknowledged: name, and the run that they were sent to. */
  readonly signals: { readonly name: string; readonly workflowId: string; readonly runId: string }[] = [];
  readonly #server: VirtualServer;
  readonly #random: Random;
  readonly #workflowTasks: WorkflowTask[] = [];
  readonly #activityTokens: Uint8Array[] = [];
  /** The latest run that was started under each id. */
  readonly #runs = new Map<string, string>();
  #count = 0;

  constructor(server: VirtualServer, random: Random) {
    this.#server = server;
    this.#random = random;
  }

  /** Asks for something, and goes on without waiting for the answer. Errors that a client may get are as good as answers. */
  next(): void {
    const requests: Requests = [
      () => this.#start(),
      () => this.#signal(),
      () => this.#signal(),
      () => this.#update(),
      () => this.#pollWorkflowTask(),
      () => this.#pollWorkflowTask(),
      () => this.#pollActivityTask(),
      () => this.#answerWorkflowTask(),
      () => this.#answerWorkflowTask(),
      () => this.#answerWorkflowTask(),
      () => this.#answerActivity(),
      () => this.#changeActivity(),
      () => this.#end(),
      () => this.#ownActivity(),
      () => this.#ownActivity(),
    ];
    const request = pick(this.#random, requests);
    void request().catch(() => {});
  }

  #id(): string {
    return `workflow-${Math.floor(this.#random.fraction() * 5)}`;
  }

  #fresh(name: string): string {
    return `${name}-${this.#count++}`;
  }

  async #start(): Promise<void> {
    const random = this.#random;
    const workflowId = this.#id();
    const { runId } = await this.#server.call('startWorkflowExecution', {
      namespace,
      workflowId,
      workflowType: { name: 'random' },
      taskQueue,
      requestId: this.#fresh('start'),
      workflowTaskTimeout: { seconds: 2 },
      workflowIdConflictPolicy: pick(random, [0, 2, 3]),
      ...(random.fraction() < 0.2 ? { workflowRunTimeout: { seconds: 10 } } : {}),
      ...(random.fraction() < 0.2 ? { workflowStartDelay: { seconds: 3 } } : {}),
      ...(random.fraction() < 0.2 ? { cronSchedule: '* * * * *' } : {}),
      ...(random.fraction() < 0.2 ? { retryPolicy: { initialInterval: { seconds: 1 } } } : {}),
    });
    this.#runs.set(workflowId, runId ?? '');
  }

  async #signal(): Promise<void> {
    const workflowId = this.#id();
    const runId = this.#runs.get(workflowId) ?? '';
    const name = this.#fresh('signal');
    const request = { namespace, workflowExecution: { workflowId, runId }, signalName: name, requestId: name };
    await this.#server.call('signalWorkflowExecution', request);
    if (runId) this.signals.push({ name, workflowId, runId });
    // As after an answer that got lost.
    if (this.#random.fraction() < 0.3) await this.#server.call('signalWorkflowExecution', request);
  }

  async #update(): Promise<void> {
    const updateId = this.#fresh('update');
    await this.#server.call('updateWorkflowExecution', {
      namespace,
      workflowExecution: { workflowId: this.#id() },
      waitPolicy: { lifecycleStage: pick(this.#random, [2, 3]) },
      request: { meta: { updateId }, input: { name: 'change' } },
    });
  }

  async #pollWorkflowTask(): Promise<void> {
    const request = { namespace, taskQueue, identity: 'worker' };
    const task = await this.#server.call('pollWorkflowTaskQueue', request, { timeoutMs: pollMs });
    if (task.taskToken?.length) this.#workflowTasks.push(task);
  }

  async #pollActivityTask(): Promise<void> {
    const request = { namespace, taskQueue, identity: 'worker' };
    const { taskToken } = await this.#server.call('pollActivityTaskQueue', request, { timeoutMs: pollMs });
    if (taskToken?.length) this.#activityTokens.push(taskToken);
  }

  async #answerWorkflowTask(): Promise<void> {
    const random = this.#random;
    const task = this.#workflowTasks.shift();
    if (!task?.taskToken) return;
    const { taskToken } = task;
    if (random.fraction() < 0.1) {
      await this.#server.call('respondWorkflowTaskFailed', { namespace, taskToken, failure });
      return;
    }
    const answer = {
      namespace,
      taskToken,
      commands: randomCommands(random, task.history?.events ?? []),
      messages: updateAnswers(random, task.messages ?? []),
      returnNewWorkflowTask: random.fraction() < 0.3,
    };
    const { workflowTask } = await this.#server.call('respondWorkflowTaskCompleted', answer);
    if (workflowTask?.taskToken?.length) this.#workflowTasks.push(workflowTask);
    // A second answer to the same task must change nothing.
    if (random.fraction() < 0.1) await this.#server.call('respondWorkflowTaskCompleted', answer);
  }

  async #answerActivity(): Promise<void> {
    const { call } = this.#server;
    const taskToken = this.#activityTokens[0];
    if (!taskToken) return;
    const named = { namespace, taskToken };
    const ends = this.#random.fraction() < 0.8;
    if (ends) this.#activityTokens.shift();
    if (!ends) return void (await call('recordActivityTaskHeartbeat', { ...named, details: {} }));
    const answers: Requests = [
      () => call('respondActivityTaskCompleted', named),
      () => call('respondActivityTaskFailed', { ...named, failure }),
      () => call('respondActivityTaskCanceled', named),
      () => Promise.resolve(),
    ];
    await pick(this.#random, answers)();
  }

  async #changeActivity(): Promise<void> {
    const { call } = this.#server;
    const named = { namespace, execution: { workflowId: this.#id() }, id: pick(this.#random, ['a', 'b', 'c', 'd']) };
    const activityOptions = { startToCloseTimeout: { seconds: 3 } };
    const changes: Requests = [
      () => call('pauseActivity', named),
      () => call('unpauseActivity', named),
      () => call('resetActivity', named),
      () =>
        call('updateActivityOptions', { ...named, activityOptions, updateMask: { paths: ['startToCloseTimeout'] } }),
    ];
    await pick(this.#random, changes)();
  }

  async #end(): Promise<void> {
    const { call } = this.#server;
    const workflowId = this.#id();
    const workflowExecution = { workflowId };
    const ends: Requests = [
      () => call('requestCancelWorkflowExecution', { namespace, workflowExecution, requestId: this.#fresh('cancel') }),
      () => call('terminateWorkflowExecution', { namespace, workflowExecution }),
      () => call('deleteWorkflowExecution', { namespace, workflowExecution }),
      () =>
        call('resetWorkflowExecution', {
          namespace,
          workflowExecution,
          workflowTaskFinishEventId: pick(this.#random, [3, 4, 5, 9]),
          requestId: this.#fresh('reset'),
        }),
    ];
    await pick(this.#random, ends)();
  }

  async #ownActivity(): Promise<void> {
    const { call } = this.#server;
    const activityId = pick(this.#random, ['x', 'y']);
    const named = { namespace, activityId };
    const requestId = this.#fresh('own');
    const start = { ...named, requestId, activityType: { name: 'step' }, taskQueue };
    const requests: Requests = [
      () => call('startActivityExecution', { ...start, startToCloseTimeout: { seconds: 2 } }),
      () =>
        call('startActivityExecution', { ...start, startToCloseTimeout: { seconds: 2 }, startDelay: { seconds: 3 } }),
      () => call('startActivityExecution', { ...start, scheduleToCloseTimeout: { seconds: 9 }, idConflictPolicy: 2 }),
      () => call('requestCancelActivityExecution', { ...named, requestId }),
      () => call('terminateActivityExecution', { ...named, requestId }),
      () => call('deleteActivityExecution', named),
      () => call('respondActivityTaskCompletedById', named),
      () => call('pollActivityExecution', named),
    ];
    await pick(this.#random, requests)();
  }
}
