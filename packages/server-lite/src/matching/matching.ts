/**
 * Tasks meet workers here. A task that waits is a row of the store already (the engine's effect that asked for it), so
 * matching holds no durable state: at start the engine adds every task again that is still to be dispatched.
 *
 * Two kinds of thing are handed to pollers: tasks, which wait as long as it takes, and questions (queries, Nexus
 * requests), for whose answer somebody waits and which are never stored.
 */
import type { temporal } from '@reprise/proto';
import type { DispatchActivityTask, DispatchWorkflowTask, Routing } from '../execution/effects.ts';

export type QueueKind = 'workflow' | 'activity' | 'nexus';

export interface QueueKey {
  readonly namespaceId: string;
  readonly name: string;
  readonly kind: QueueKind;
}

export interface DeploymentVersion {
  readonly deploymentName: string;
  readonly buildId: string;
}

/** What the engine asked for, and what it needs to start the task: opaque to matching. */
export type TaskRef = DispatchWorkflowTask | DispatchActivityTask;

export interface WorkerTask {
  /** Unique per task; adding an id that still waits does nothing. */
  readonly id: string;
  readonly queue: QueueKey;
  /**
   * Set when `queue` is a worker's own sticky queue: the normal queue, where the task goes when no worker has polled the
   * sticky one for 10 s, or when its worker shuts down.
   */
  readonly normalName?: string | undefined;
  readonly ref: TaskRef;
  /** Server time at which it became ready: backlog age and order count from here. */
  readonly readyMs: number;
  readonly priority?: temporal.api.common.v1.Priority | null | undefined;
  /** Which workers may take it; absent means those that poll without a version. */
  readonly routing?: Routing | undefined;
  /** Server time after which it is dropped. */
  readonly expiresAtMs?: number | undefined;
}

/** A query or a Nexus request: handed to a poller, and answered or lost. */
export interface Question {
  readonly queue: QueueKey;
  readonly normalName?: string | undefined;
  readonly routing?: Routing | undefined;
  readonly body:
    | {
        readonly kind: 'query';
        readonly namespaceId: string;
        readonly workflowId: string;
        readonly runId: string;
        readonly query: temporal.api.query.v1.WorkflowQuery;
      }
    | { readonly kind: 'nexus'; readonly request: temporal.api.nexus.v1.Request };
  /** Wall clock, ms since the epoch. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** What the worker said; the asker and the answering RPC agree on the shape by `kind`. */
export type Answer =
  | { readonly kind: 'query'; readonly request: temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest }
  | { readonly kind: 'nexus'; readonly response: temporal.api.nexus.v1.Response }
  | {
      readonly kind: 'nexusFailed';
      readonly error?: temporal.api.nexus.v1.HandlerError | undefined;
      readonly failure?: temporal.api.failure.v1.Failure | undefined;
    };

/** How `ask` ended: with an answer, or without, and why. */
export type Asked =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'timedOut'; /** Somebody polled within the last 20 s. */ readonly pollerSeen: boolean }
  | { readonly kind: 'cancelled' };

export interface Poll {
  readonly queue: QueueKey;
  /** Set when the worker polls its sticky queue. */
  readonly normalName?: string | undefined;
  readonly identity: string;
  /** Wall clock, ms since the epoch: `poll` resolves with nothing by then. */
  readonly deadlineMs: number;
  /** The caller went away: the poll ends with nothing, and no task is spent on it. */
  readonly signal: AbortSignal;
  readonly workerInstanceKey?: string | undefined;
  /** Set when the worker polls as a version of a deployment. */
  readonly version?: DeploymentVersion | undefined;
  /** What the worker says of its build, as it said it. */
  readonly capabilities?: temporal.api.common.v1.WorkerVersionCapabilities | undefined;
  readonly maxTasksPerSecond?: number | undefined;
}

export type Polled = (
  | { readonly kind: 'task'; readonly task: WorkerTask }
  | { readonly kind: 'question'; readonly id: string; readonly question: Question }
) & {
  /** For `poller_scaling_decision`: how many polls more or fewer would fit, or undefined. */
  readonly pollerDelta?: number | undefined;
  readonly backlogCount: number;
};

export interface Matching {
  /** Hands the task to a waiting poll, or keeps it until one comes. Never waits. */
  add(task: WorkerTask): void;
  /** Forgets a task that waits; harmless when it does not. */
  remove(queue: QueueKey, taskId: string): void;
  /**
   * Waits for a task or a question. Resolves in the turn in which it is matched; whoever awaits it must look at
   * `signal.aborted` first and give the task back by `add` when the caller has gone.
   */
  poll(poll: Poll): Promise<Polled | undefined>;
  /** Never rejects. */
  ask(question: Question): Promise<Asked>;
  /** False when nobody waits for this answer any more. */
  answer(questionId: string, answer: Answer): boolean;
  hasPollerSince(queue: QueueKey, sinceMs: number): boolean;
}
