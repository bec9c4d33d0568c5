/**
 * One meeting place of a queue: the polls, tasks and questions of one deployment version, or of no version.
 *
 * I1. Between calls, a lane never holds both a waiting poll and something that this poll may take now.
 */
import { Backlog } from './backlog.ts';
import type { Poll, Question, WorkerTask } from './matching.ts';

/** Something to hand to a poll. */
export type Work =
  | { readonly kind: 'task'; readonly task: WorkerTask }
  | { readonly kind: 'question'; readonly id: string; readonly question: Question };

/** A poll that waits. */
export interface WaitingPoll {
  readonly poll: Poll;
  readonly sinceMs: number;
  /** @param isSync the task hardly had to wait for the poll */
  readonly take: (work: Work, isSync: boolean) => void;
}

export class Lane {
  readonly name: string;
  readonly backlog: Backlog;
  readonly polls = new Set<WaitingPoll>();
  readonly questions = new Map<string, Question>();

  constructor(name: string, weightOverrides: ReadonlyMap<string, number>) {
    this.name = name;
    this.backlog = new Backlog(weightOverrides);
  }

  get isEmpty(): boolean {
    return this.polls.size === 0 && this.questions.size === 0 && this.backlog.size === 0;
  }

  /** The next thing to hand out, taken off the lane. `mayTake` is asked when it is a task, and may say no. */
  next(nowMs: number, mayTake: (task: WorkerTask) => boolean): Work | undefined {
    for (const [id, question] of this.questions) {
      this.questions.delete(id);
      return { kind: 'question', id, question };
    }
    this.#dropExpired(nowMs);
    const task = this.backlog.peek();
    if (!task || !mayTake(task)) return undefined;
    this.backlog.pop();
    return { kind: 'task', task };
  }

  #dropExpired(nowMs: number): void {
    for (let task = this.backlog.peek(); task; task = this.backlog.peek()) {
      if (task.expiresAtMs === undefined || task.expiresAtMs > nowMs) return;
      this.backlog.pop();
    }
  }
}
