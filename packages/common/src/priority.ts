/** How a task competes with others of its task queue. */
export interface Priority {
  /** 1 is the most urgent; the default is the middle of the server's range. */
  priorityKey?: number;
  /** Tasks of one key share a part of the throughput. */
  fairnessKey?: string;
  /** The weight of the key. Default 1. */
  fairnessWeight?: number;
}

/** temporal.api.common.v1.Priority. */
export interface PriorityMessage {
  priorityKey?: number | null | undefined;
  fairnessKey?: string | null | undefined;
  fairnessWeight?: number | null | undefined;
}

/** The message of a priority. @throws TypeError for a key that is no integer, RangeError for a negative one */
export function compilePriority(priority: Priority): PriorityMessage {
  const { priorityKey = 0, fairnessKey = '', fairnessWeight = 0 } = priority;
  if (!Number.isInteger(priorityKey)) throw new TypeError('priorityKey must be an integer');
  if (priorityKey < 0) throw new RangeError('priorityKey must be a positive integer');
  return { priorityKey, fairnessKey, fairnessWeight };
}

/** The priority of a message; fields that are not set stay undefined. */
export function decodePriority(message: PriorityMessage | null | undefined): Priority {
  const { priorityKey, fairnessKey, fairnessWeight } = message ?? {};
  return {
    ...(priorityKey ? { priorityKey } : {}),
    ...(fairnessKey ? { fairnessKey } : {}),
    ...(fairnessWeight ? { fairnessWeight } : {}),
  };
}
