/** What the taming of a realm needs from outside of it: the run that is active, and the few pure functions of the host. */
export interface Sources {
  /** Workflow time of the active run, in ms since epoch. Throws outside of a run. */
  nowMs: () => number;
  /** The next number of the active run's main stream. */
  random: () => number;
}

/** Replaces a property of a builtin by a hidden, writable one, as builtins have them. */
export function replace(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}

/** Gives a replacement the name and length of what it stands for. */
export function disguise<F extends object>(replacement: F, original: { name: string; length: number }): F {
  Object.defineProperty(replacement, 'name', { value: original.name, configurable: true });
  Object.defineProperty(replacement, 'length', { value: original.length, configurable: true });
  return replacement;
}
