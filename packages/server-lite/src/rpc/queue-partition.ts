/** How many parts the service splits a queue into, as it is delivered. Here the first one does the work of all. */
export const partitionsPerQueue = 4;

const pattern = /^\/_sys\/(.+)\/([1-9]\d*)$/;

/** The queue that one of its other parts belongs to; undefined when the name is not one of a part. */
export function readPartition(name: string): { name: string } | undefined {
  const queue = pattern.exec(name)?.[1];
  return queue === undefined ? undefined : { name: queue };
}

export const partitionName = (queue: string, part: number): string => (part === 0 ? queue : `/_sys/${queue}/${part}`);
