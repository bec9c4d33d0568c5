import type { ActivityFunction } from './definitions.ts';
import type { PayloadTypeInfo } from './type-info.ts';
import type { Untyped } from './untyped.ts';

/** What an activity can say about itself; see `setActivityOptions`. */
export interface ActivityDefinitionOptions {
  /** How the worker reads its arguments and writes its result. */
  typeInfo?: PayloadTypeInfo;
}

/** What is declared of the types of activities, by their names. */
export type ActivityTypeInfoMap<A> = {
  [K in keyof A & string as A[K] extends ActivityFunction ? K : never]?: PayloadTypeInfo;
};

/** An activity function that carries options. */
export interface ActivityFunctionWithOptions<
  Args extends Untyped[] = Untyped[],
  ReturnType = Untyped,
> extends ActivityFunction<Args, ReturnType> {
  activityDefinitionOptions: ActivityDefinitionOptions;
}

/** True for functions that `setActivityOptions` has seen. */
export function isActivityFunctionWithOptions(candidate: unknown): candidate is ActivityFunctionWithOptions {
  return typeof candidate === 'function' && 'activityDefinitionOptions' in candidate;
}
