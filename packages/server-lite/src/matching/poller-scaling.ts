import type { Work } from './lane.ts';

const backlogAgeForMoreMs = 200;
const idleForFewerMs = 1000;

/** How many polls more (+1) or fewer (-1) the worker should keep open; undefined when it has the right number. */
export function pollerDelta(options: {
  waitedMs: number;
  backlogCount: number;
  work: Work;
  nowMs: number;
}): number | undefined {
  if (options.waitedMs >= idleForFewerMs) return -1;
  const ageMs = options.work.kind === 'task' ? options.nowMs - options.work.task.readyMs : 0;
  if (ageMs >= backlogAgeForMoreMs && options.backlogCount > 0) return 1;
  return undefined;
}
