import type {
  QueryDefinition,
  QueryDefinitionOptions,
  SignalDefinition,
  SignalDefinitionOptions,
  Untyped,
  UpdateDefinition,
  UpdateDefinitionOptions,
} from '@reprise/common';

/**
 * Defines a signal, typed by its arguments. The same definition serves `setHandler` and clients.
 *
 * @example export const approve = defineSignal<[approver: string]>('approve');
 */
export function defineSignal<Args extends Untyped[] = [], Name extends string = string>(
  name: Name,
  options?: SignalDefinitionOptions,
): SignalDefinition<Args, Name> {
  return { type: 'signal', name, ...options };
}

/**
 * Defines a query, typed by its result and arguments.
 *
 * @example export const status = defineQuery<OrderStatus>('status');
 */
export function defineQuery<Ret, Args extends Untyped[] = [], Name extends string = string>(
  name: Name,
  options?: QueryDefinitionOptions,
): QueryDefinition<Ret, Args, Name> {
  return { type: 'query', name, ...options };
}

/**
 * Defines an update, typed by its result and arguments.
 *
 * @example export const changeAddress = defineUpdate<Address, [Address]>('changeAddress');
 */
export function defineUpdate<Ret, Args extends Untyped[] = [], Name extends string = string>(
  name: Name,
  options?: UpdateDefinitionOptions,
): UpdateDefinition<Ret, Args, Name> {
  return { type: 'update', name, ...options };
}
