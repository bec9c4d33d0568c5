import { invalidArgument } from '../../errors.ts';

/** How many parts the service splits a queue into, as it is delivered. Here the first one does the work of all. */
export const partitionsPerQueue = 4;

const reserved = '/_sys/';
const pattern = /^\/_sys\/(.+)\/[+]?0*[1-9]\d*$/;

/**
 * The queue that one of its other parts belongs to; undefined when the name is not one of a part.
 *
 * @throws ServiceError INVALID_ARGUMENT for what looks like a part of a queue and is none
 */
export function readPartition(name: string): { name: string } | undefined {
  if (!name.startsWith(reserved)) return undefined;
  const queue = pattern.exec(name)?.[1];
  if (queue === undefined) throw invalidArgument(`invalid task queue partition name ${name}`);
  if (queue.startsWith(reserved)) throw partitionOfPartition(queue);
  return { name: queue };
}

/** @throws ServiceError INVALID_ARGUMENT for a queue that goes by the name of a part */
export function requireWholeQueue(name: string): void {
  if (readPartition(name)) throw partitionOfPartition(name);
}

const partitionOfPartition = (name: string) =>
  invalidArgument(`task queue family name cannot have prefix ${reserved} ${name}`);

export const partitionName = (queue: string, part: number): string => (part === 0 ? queue : `/_sys/${queue}/${part}`);
