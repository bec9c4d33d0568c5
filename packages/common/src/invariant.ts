/** A bug of ours: something that the code relies on does not hold. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** Throws when `condition` does not hold. Use it for bugs, not for conditions that users can cause. */
export function invariant(condition: unknown, message: string | (() => string)): asserts condition {
  if (!condition) throw new InvariantError(typeof message === 'string' ? message : message());
}
