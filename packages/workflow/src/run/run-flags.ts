/** Language flags: behaviours that histories record, so that older ones replay as they ran. */
export interface LanguageFlag {
  readonly id: number;
  /** Stands in for the flag while replaying a history that does not have it. */
  readonly alternative?: (facts: RecordedSdk) => boolean;
}

/** What a history says of the SDK that wrote it. */
export interface RecordedSdk {
  readonly currentBuildId?: string | undefined;
  readonly lastSdkVersion?: string | undefined;
}

const isBuildOf1110 = ({ currentBuildId }: RecordedSdk): boolean =>
  /^@temporalio\/worker@(1\.11\.[01])[+]/.test(currentBuildId ?? '');

/** A non-cancellable scope keeps cancellation from the scopes inside it. */
export const SHIELDED_SCOPES: LanguageFlag = { id: 1, alternative: isBuildOf1110 };
/** All jobs of an activation are applied before microtasks run. */
export const SINGLE_BATCH: LanguageFlag = { id: 2, alternative: isBuildOf1110 };

const isSince =
  (since: readonly [number, number, number]) =>
  (facts: RecordedSdk): boolean => {
    const version = (facts.lastSdkVersion ?? '').split('.', 3).map((part) => Number.parseInt(part, 10));
    const differing = since.findIndex((part, index) => part !== version[index]);
    return differing === -1 || (version[differing] ?? Number.NaN) > (since[differing] ?? 0);
  };

/** What tracing interceptors of the field ask for, under the names by which they do. */
export const SdkFlags = {
  NonCancellableScopesAreShieldedFromPropagation: SHIELDED_SCOPES,
  ProcessWorkflowActivationJobsAsSingleBatch: SINGLE_BATCH,
  OpenTelemetryInterceptorsTracesInboundSignals: { id: 3, alternative: isSince([1, 11, 5]) },
  OpenTelemetryInterceptorsTracesLocalActivities: { id: 4, alternative: isSince([1, 11, 6]) },
  // Misspelt in the field, and known by that name.
  OpenTelemetryInterceporsAvoidsExtraYields: { id: 5, alternative: isSince([1, 13, 2]) },
  OpenTelemetryInterceptorsInstrumentsAllMethods: { id: 6 },
} as const satisfies Record<string, LanguageFlag>;

const KNOWN_IDS: ReadonlySet<number> = new Set(Object.values(SdkFlags).map(({ id }) => id));

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
  has(flag: LanguageFlag, task: { isReplaying: boolean } & RecordedSdk): boolean {
    if (this.#known?.has(flag.id) === true) return true;
    if (!task.isReplaying) {
      (this.#known ??= new Set()).add(flag.id);
      return true;
    }
    return flag.alternative?.(task) ?? false;
  }

  get known(): number[] {
    return this.#known === undefined ? [] : [...this.#known];
  }
}
