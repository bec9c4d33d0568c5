import type { ActivityDefinitionOptions, ActivityFunction, Untyped } from '@reprise/common';

/**
 * Attaches options to an activity function: the worker reads its arguments and writes its result as they say. Workflows
 * and clients that call the activity declare the same with `activityTypeInfo` and `typeInfo`.
 *
 * @example setActivityOptions({ typeInfo: { inputTypes: [moneyType], outputType: moneyType } }, convert);
 */
export function setActivityOptions<Args extends Untyped[], Result>(
  options: ActivityDefinitionOptions,
  fn: ActivityFunction<Args, Result>,
): void {
  Object.assign(fn, { activityDefinitionOptions: options });
}
