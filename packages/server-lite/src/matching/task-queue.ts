/**
 * One task queue of one kind: its lanes, who polls it, how fast it may go and how fast it goes.
 *
 * I1. A task or question is in at most one lane, the one that `laneOf` names for its routing.
 * I2. When the rate limit holds tasks back and polls wait, a timer is set for when the next may pass.
 */
import { Lane, type WaitingPoll, type Work } from './lane.ts';
import type { Poll, Question, QueueKey, WorkerTask } from './matching.ts';
import { MovingRate } from './moving-rate.ts';
import { laneOfPoll } from './poll-lane.ts';
import { PollerHistory } from './poller-history.ts';
import { DispatchLimits } from './dispatch-limits.ts';
import { TaskRates } from './task-rates.ts';

export interface TaskQueueOptions {
  readonly key: QueueKey;
  /** Server time. */
  readonly now: () => number;
  readonly laneOf: (work: WorkerTask | Question) => string;
  readonly syncMatchWaitMs: number;
}

export class TaskQueue {
  readonly pollers = new PollerHistory();
  readonly rates = new TaskRates();
  /** Of the dispatches, those of tasks that hardly had to wait for a poll. */
  readonly syncDispatches = new MovingRate();
  readonly key: QueueKey;
  readonly #options: TaskQueueOptions;
  readonly #lanes = new Map<string, Lane>();
  #order = 0;
  readonly #limits = new DispatchLimits();
  #wakeUp: NodeJS.Timeout | undefined;

  constructor(options: TaskQueueOptions) {
    this.key = options.key;
    this.#options = options;
  }

  get lanes(): ReadonlyMap<string, Lane> {
    return this.#lanes;
  }

  /** What the API has set, or else what workers ask for. */
  get tasksPerSecond(): number | undefined {
    return this.#limits.tasksPerSecond;
  }

  /** @param change says whether anything has changed */
  changeLimits(change: (limits: DispatchLimits) => boolean): void {
    if (change(this.#limits)) this.#matchAll();
  }

  add(task: WorkerTask): void {
    const lane = this.#laneFor(task);
    if (lane.backlog.has(task.id)) return;
    this.rates.added(lane.name, task, Date.now());
    lane.backlog.add(task, this.#order++);
    this.#match(lane, true);
  }

  /** Puts back what was handed to a poll that has gone. */
  giveBack(work: Work): void {
    if (work.kind === 'question') return this.ask(work.id, work.question);
    const lane = this.#laneFor(work.task);
    lane.backlog.add(work.task, -this.#order++);
    this.#match(lane);
  }

  remove(taskId: string): void {
    for (const lane of this.#lanes.values()) lane.backlog.delete(taskId);
  }

  ask(id: string, question: Question): void {
    const lane = this.#laneFor(question);
    lane.questions.set(id, question);
    this.#match(lane);
  }

  withdraw(questionId: string): boolean {
    return [...this.#lanes.values()].some((lane) => lane.questions.delete(questionId));
  }

  /** Work that can be had now, or else the poll waits until `take` is called or `leave`. */
  poll(poll: Poll, take: WaitingPoll['take']): WaitingPoll {
    const lane = this.#lane(laneOfPoll(poll));
    const waiting: WaitingPoll = { poll, sinceMs: Date.now(), take };
    lane.polls.add(waiting);
    this.#match(lane);
    return waiting;
  }

  leave(waiting: WaitingPoll): void {
    const laneName = laneOfPoll(waiting.poll);
    const lane = this.#lanes.get(laneName);
    lane?.polls.delete(waiting);
    if (lane?.isEmpty) this.#lanes.delete(laneName);
  }

  /** Takes all that waits out, to go elsewhere. */
  drain(): Work[] {
    const works: Work[] = [];
    for (const lane of this.#lanes.values()) {
      for (const [id, question] of lane.questions) works.push({ kind: 'question', id, question });
      lane.questions.clear();
      for (let task = lane.backlog.pop(); task; task = lane.backlog.pop()) works.push({ kind: 'task', task });
    }
    return works;
  }

  /** Sorts everything into lanes again, after the versions have changed. */
  reroute(): void {
    for (const work of this.drain()) {
      if (work.kind === 'question') this.ask(work.id, work.question);
      else this.#laneFor(work.task).backlog.add(work.task, this.#order++);
    }
    this.#matchAll();
  }

  get isIdle(): boolean {
    return [...this.#lanes.values()].every((lane) => lane.isEmpty);
  }

  stop(): void {
    clearTimeout(this.#wakeUp);
  }

  #laneFor(work: WorkerTask | Question): Lane {
    return this.#lane(this.#options.laneOf(work));
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (!lane) {
      lane = new Lane(name, this.#limits.weightOverrides);
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #matchAll(): void {
    for (const lane of this.#lanes.values()) this.#match(lane);
  }

  #match(lane: Lane, isNew = false): void {
    const nowMs = this.#options.now();
    for (const waiting of lane.polls) {
      const work = lane.next(nowMs, (task) => this.#mayDispatch(task));
      if (!work) break;
      lane.polls.delete(waiting);
      this.rates.dispatched(lane.name, work.kind === 'task' ? work.task : undefined, Date.now());
      const isSync = isNew || (work.kind === 'task' && nowMs - work.task.readyMs < this.#options.syncMatchWaitMs);
      if (isSync) this.syncDispatches.count(Date.now());
      waiting.take(work, isSync);
    }
  }

  #mayDispatch(task: WorkerTask): boolean {
    const waitMs = this.#limits.take(task, Date.now());
    if (waitMs === 0) return true;
    clearTimeout(this.#wakeUp);
    if (Number.isFinite(waitMs)) this.#wakeUp = setTimeout(() => this.#matchAll(), Math.max(1, waitMs));
    return false;
  }
}
