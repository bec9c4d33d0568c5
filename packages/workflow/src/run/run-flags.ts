/** Language flags: behaviours that histories record, so that older ones replay as they ran. */
export interface LanguageFlag {
  readonly id: number;
  /** Stands in for the flag while replaying a history that does not have it. */
  readonly alternative?: (facts: { currentBuildId: string | undefined }) => boolean;
}

const isBuildOf1110 = ({ currentBuildId }: { currentBuildId: string | undefined }): boolean =>
  /^@temporalio\/worker@(1\.11\.[01])[+]/.test(currentBuildId ?? '');

/** A non-cancellable scope keeps cancellation from the scopes inside it. */
export const SHIELDED_SCOPES: LanguageFlag = { id: 1, alternative: isBuildOf1110 };
/** All jobs of an activation are applied before microtasks run. */
export const SINGLE_BATCH: LanguageFlag = { id: 2, alternative: isBuildOf1110 };
/** 3 to 6 belong to tracing interceptors; they are known, so that histories with them replay. */
const KNOWN_IDS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6]);

/** Which flags a run has. */
export class RunFlags {
  #known: Set<number> | undefined;

  /** Takes note of flags that history recorded. Throws TypeError for one that this version does not know. */
  add(ids: readonly number[]): void {
    for (const id of ids) {
      if (!KNOWN_IDS.has(id)) throw new TypeError(`Unknown SDK flag: ${id}`);
      (this.#known ??= new Set()).add(id);
    }
  }

  /** Whether a behaviour is on. On new ground this turns it on for good. */
  has(flag: LanguageFlag, task: { isReplaying: boolean; currentBuildId?: string | undefined }): boolean {
    if (this.#known?.has(flag.id) === true) return true;
    if (!task.isReplaying) {
      (this.#known ??= new Set()).add(flag.id);
      return true;
    }
    return flag.alternative?.({ currentBuildId: task.currentBuildId }) ?? false;
  }

  get known(): number[] {
    return this.#known === undefined ? [] : [...this.#known];
  }
}
