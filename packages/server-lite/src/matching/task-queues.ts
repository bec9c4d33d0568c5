/**
 * All task queues of the server. Owns nothing durable: what waits here is asked for by effects that the store holds.
 *
 * I1. Work that `poll` resolves with was, in that very turn, wanted by a caller who was still there.
 * I2. A question is in `#asked` until it is answered, timed out or cancelled, handed out or not.
 */
import type { Clock } from '../time/clock.ts';
import type { Random } from '../system/random.ts';
import { GoneWorkers } from './gone-workers.ts';
import type { Work } from './lane.ts';
import type { Answer, Asked, Matching, Poll, Polled, Question, QueueKey, WorkerTask } from './matching.ts';
import { backlogCount } from './queue-stats.ts';
import { pollerDelta } from './poller-scaling.ts';
import { laneOfPoll } from './poll-lane.ts';
import { TaskQueue, type TaskQueueOptions } from './task-queue.ts';

const stickyUnavailableAfterMs = 10_000;
/** A sticky worker that does not take a question for so long is passed over. */
const stickyQuestionPatienceMs = 5000;
/** That nobody polls is told so long before the asker's deadline, so that the answer comes before it gives up. */
const noPollerMarginMs = 1000;
/** A queue that nobody has polled for so long, and in which nothing waits, is let go. */
const idleMs = 5 * 60_000;
const sweepEveryMs = 60_000;

interface OpenQuestion {
  readonly resolve: (asked: Asked) => void;
  queue: QueueKey;
}

export interface TaskQueuesOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly laneOf: TaskQueueOptions['laneOf'];
  /** Told of every poll as it begins. */
  readonly onPoll: (poll: Poll) => void;
  /** How long after its last poll a queue's workers count as there, for questions. */
  readonly pollerWindowMs: number;
  /** A task that finds a poll within so long counts as one for which a poll was there. */
  readonly syncMatchWaitMs: number;
  /** Told of every poll as it ends. */
  readonly onPollEnded: (queue: QueueKey, how: 'sync' | 'backlog' | 'empty') => void;
  /** Called once when a queue comes to be, to give it its settings. */
  readonly onQueue: (key: QueueKey, queue: TaskQueue) => void;
}

const textOf = (key: QueueKey): string => `${key.kind} ${key.namespaceId} ${key.name}`;

export class TaskQueues implements Matching {
  /** Their polls get nothing. */
  readonly gone = new GoneWorkers();
  readonly #options: TaskQueuesOptions;
  readonly #queues = new Map<string, TaskQueue>();
  readonly #asked = new Map<string, OpenQuestion>();
  readonly #openPolls = new Map<AbortController, Poll>();
  #stopped = false;
  #sweptMs = Date.now();

  constructor(options: TaskQueuesOptions) {
    this.#options = options;
  }

  queue(key: QueueKey): TaskQueue {
    const text = textOf(key);
    let queue = this.#queues.get(text);
    if (!queue) {
      this.#letGo();
      const { clock, laneOf, syncMatchWaitMs } = this.#options;
      queue = new TaskQueue({ key, now: () => clock.now(), laneOf, syncMatchWaitMs });
      this.#queues.set(text, queue);
      this.#options.onQueue(key, queue);
    }
    return queue;
  }

  /** All that are in memory. */
  *all(): Iterable<{ key: QueueKey; queue: TaskQueue }> {
    for (const queue of this.#queues.values()) yield { key: queue.key, queue };
  }

  existing(key: QueueKey): TaskQueue | undefined {
    return this.#queues.get(textOf(key));
  }

  add(task: WorkerTask): void {
    const key = this.#reachable(task);
    this.queue(key).add(task);
  }

  remove(queue: QueueKey, taskId: string): void {
    this.existing(queue)?.remove(taskId);
  }

  hasPollerSince(queue: QueueKey, sinceMs: number): boolean {
    const existing = this.existing(queue);
    if (!existing) return false;
    return [...existing.lanes.values()].some((lane) => lane.polls.size > 0) || existing.pollers.seenSince(sinceMs);
  }

  async poll(poll: Poll): Promise<Polled | undefined> {
    if (poll.signal.aborted || this.#stopped || this.gone.has(poll.workerInstanceKey, Date.now())) return undefined;
    const queue = this.queue(poll.queue);
    queue.pollers.record(poll, this.#options.clock.now());
    this.#options.onPoll(poll);
    queue.changeLimits((limits) => limits.set('worker', poll.maxTasksPerSecond, Date.now()));
    const sinceMs = Date.now();
    const { work, isSync } = await this.#wait(queue, poll);
    if (!this.gone.has(poll.workerInstanceKey, Date.now())) queue.pollers.record(poll, this.#options.clock.now());
    this.#options.onPollEnded(poll.queue, work ? (isSync ? 'sync' : 'backlog') : 'empty');
    if (!work) return undefined;
    if (poll.signal.aborted) {
      this.#giveBack(queue, work);
      return undefined;
    }
    const waiting = backlogCount(queue.lanes.values());
    const nowMs = this.#options.clock.now();
    const delta = pollerDelta({ waitedMs: Date.now() - sinceMs, backlogCount: waiting, work, nowMs });
    return { ...work, backlogCount: waiting, pollerDelta: delta };
  }

  async ask(question: Question): Promise<Asked> {
    const id = this.#options.random.uuid();
    const timers: NodeJS.Timeout[] = [];
    try {
      return await new Promise<Asked>((resolve) => {
        const queue = this.#reachable(question);
        const open: OpenQuestion = { resolve, queue };
        this.#asked.set(id, open);
        const isSticky = question.normalName !== undefined && queue === question.queue;
        if (isSticky) timers.push(setTimeout(() => this.#passOver(id, question), stickyQuestionPatienceMs));
        const waitMs = Math.max(0, question.deadlineMs - Date.now());
        const lookForPolls = (): void => {
          const sinceMs = this.#options.clock.now() - this.#options.pollerWindowMs;
          if (!pollerSeen(this, question, sinceMs)) resolve({ kind: 'timedOut', pollerSeen: false });
        };
        timers.push(
          setTimeout(lookForPolls, Math.max(0, waitMs - noPollerMarginMs)),
          setTimeout(() => resolve({ kind: 'timedOut', pollerSeen: true }), waitMs),
        );
        question.signal.addEventListener('abort', () => resolve({ kind: 'cancelled' }), { once: true });
        if (question.signal.aborted) resolve({ kind: 'cancelled' });
        else this.queue(queue).ask(id, question);
      });
    } finally {
      timers.forEach(clearTimeout);
      const queue = this.#asked.get(id)?.queue;
      this.#asked.delete(id);
      if (queue) this.existing(queue)?.withdraw(id);
    }
  }

  answer(questionId: string, answer: Answer): boolean {
    const open = this.#asked.get(questionId);
    open?.resolve({ kind: 'answered', answer });
    return open !== undefined;
  }

  /** The worker of a sticky queue has gone: what waits there moves to the normal queue, and polls on it end. */
  closeSticky(queue: QueueKey): void {
    const sticky = this.existing(queue);
    if (!sticky) return;
    this.#queues.delete(textOf(queue));
    for (const work of sticky.drain()) this.#moveToNormal(work);
    for (const [controller, poll] of this.#openPolls) {
      if (textOf(poll.queue) === textOf(queue)) controller.abort();
    }
  }

  /** Ends the polls that are open and match. */
  endPolls(matches: (poll: Poll) => boolean): void {
    for (const [controller, poll] of this.#openPolls) if (matches(poll)) controller.abort();
  }

  /** Sorts tasks into lanes again after versions have changed. */
  reroute(namespaceId: string): void {
    for (const [text, queue] of this.#queues) if (text.split(' ')[1] === namespaceId) queue.reroute();
  }

  /** Every open poll ends with nothing; later ones too. */
  stop(): void {
    this.#stopped = true;
    this.endPolls(() => true);
    for (const queue of this.#queues.values()) queue.stop();
    for (const open of this.#asked.values()) open.resolve({ kind: 'cancelled' });
  }

  #letGo(): void {
    const wallMs = Date.now();
    if (wallMs - this.#sweptMs < sweepEveryMs) return;
    this.#sweptMs = wallMs;
    const sinceMs = this.#options.clock.now() - idleMs;
    for (const [text, queue] of this.#queues) {
      if (!queue.isIdle || queue.pollers.seenSince(sinceMs)) continue;
      queue.stop();
      this.#queues.delete(text);
    }
  }

  #wait(queue: TaskQueue, poll: Poll): Promise<{ work: Work | undefined; isSync: boolean }> {
    return new Promise((resolve) => {
      const ended = new AbortController();
      const finish = (work: Work | undefined, isSync: boolean): void => {
        clearTimeout(timer);
        poll.signal.removeEventListener('abort', leave);
        this.#openPolls.delete(ended);
        resolve({ work, isSync });
      };
      const leave = (): void => {
        queue.leave(waiting);
        finish(undefined, false);
      };
      const timer = setTimeout(leave, Math.max(0, poll.deadlineMs - Date.now()));
      poll.signal.addEventListener('abort', leave, { once: true });
      ended.signal.addEventListener('abort', leave, { once: true });
      this.#openPolls.set(ended, poll);
      const waiting = queue.poll(poll, finish);
    });
  }

  /** Back to where it waited, or to the normal queue when the sticky one has been closed meanwhile. */
  #giveBack(queue: TaskQueue, work: Work): void {
    const key = work.kind === 'task' ? work.task.queue : work.question.queue;
    const current = this.existing(key);
    if (current === queue || current === undefined) queue.giveBack(work);
    else this.#moveToNormal(work);
  }

  #moveToNormal(work: Work): void {
    if (work.kind === 'question') return this.#passOver(work.id, work.question);
    const { task } = work;
    const name = task.normalName ?? task.queue.name;
    this.queue({ ...task.queue, name }).add(task);
  }

  #passOver(id: string, question: Question): void {
    const open = this.#asked.get(id);
    const wasWaiting = open && (this.existing(question.queue)?.withdraw(id) ?? true);
    if (!open || !wasWaiting || question.normalName === undefined) return;
    open.queue = { ...question.queue, name: question.normalName };
    this.queue(open.queue).ask(id, question);
  }

  /** A sticky queue, while its worker polls and is of the version that is to have the work. */
  #reachable(work: WorkerTask | Question): QueueKey {
    const { queue, normalName } = work;
    if (normalName === undefined) return queue;
    const sinceMs = this.#options.clock.now() - stickyUnavailableAfterMs;
    const sticky = this.existing(queue);
    const lane = this.#options.laneOf(work);
    const isPolled =
      (sticky?.lanes.get(lane)?.polls.size ?? 0) > 0 ||
      sticky?.pollers.list(sinceMs).some(({ poll }) => laneOfPoll(poll) === lane);
    return isPolled ? queue : { ...queue, name: normalName };
  }
}

/** Somebody has polled one of the queues where the question may have been asked. */
function pollerSeen(queues: TaskQueues, { queue, normalName }: Question, sinceMs: number): boolean {
  return [queue, { ...queue, name: normalName ?? queue.name }].some((key) => queues.hasPollerSince(key, sinceMs));
}
