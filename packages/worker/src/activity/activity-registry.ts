/** The activity functions that a worker was given, by the name that workflows call them by. */
import {
  ApplicationFailure,
  describeOption,
  isActivityFunctionWithOptions,
  type ActivityFunction,
} from '@reprise/common';

const DEFAULT = 'default';

export class ActivityRegistry {
  readonly #functions = new Map<string, ActivityFunction>();
  /** What is no activity: a module may export constants besides. */
  readonly #others = new Map<string, unknown>();

  /** Members that are not functions are no activities. Members of classes and their ancestors count. */
  constructor(activities: object) {
    for (const [name, value] of membersOf(activities)) {
      if (typeof value !== 'function') {
        this.#others.set(name, value);
        continue;
      }
      const bound = (value as ActivityFunction).bind(activities);
      const declared = isActivityFunctionWithOptions(value) && value.activityDefinitionOptions;
      this.#functions.set(name, declared ? Object.assign(bound, { activityDefinitionOptions: declared }) : bound);
    }
  }

  get names(): readonly string[] {
    return [...this.#functions.keys()].filter((name) => name !== DEFAULT);
  }

  get isEmpty(): boolean {
    return this.#functions.size === 0;
  }

  get hasDefault(): boolean {
    return this.#functions.has(DEFAULT);
  }

  /** The function for an activity type; that named `default` takes what no other does. Throws ApplicationFailure. */
  get(activityType: string): ActivityFunction {
    const found = this.#functions.get(activityType) ?? this.#functions.get(DEFAULT);
    if (found !== undefined) return found;
    const why = this.#others.has(activityType)
      ? `: this member of WorkerOptions.activities must be a function, got ${describeOption(this.#others.get(activityType))}`
      : '';
    throw ApplicationFailure.create({
      type: 'NotFoundError',
      message: `Activity function ${activityType} is not registered on this Worker, available activities: ${JSON.stringify(this.names)}${why}`,
      nonRetryable: false,
    });
  }
}

function* membersOf(activities: object): Generator<[string, unknown]> {
  const seen = new Set<string>();
  for (
    let at: object | null = activities;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(at)) {
      if (name === 'constructor' || seen.has(name)) continue;
      seen.add(name);
      yield [name, (activities as Record<string, unknown>)[name]];
    }
  }
}
