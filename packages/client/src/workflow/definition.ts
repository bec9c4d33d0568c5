import { describeOption } from '@reprise/common';
import type { PayloadTypeInfo } from '@reprise/common';

/** What a definition of a signal, a query or an update says of it. */
export interface Definition {
  readonly name: string;
  readonly typeInfo?: PayloadTypeInfo;
}

/**
 * The name of a signal, a query or an update, and what is declared of the types of its values: by its definition, or, for
 * one that is named, by the caller.
 *
 * @throws TypeError when a caller declares types together with a definition
 */
export function definitionOf(given: Definition | string, typeInfo?: PayloadTypeInfo): Definition {
  if (typeof given !== 'string') checkDefinition(given);
  if (typeof given === 'string') return { name: given, ...(typeInfo && { typeInfo }) };
  if (typeInfo !== undefined) {
    throw new TypeError(
      `typeInfo cannot be given together with the definition of ${given.name}: give it to the function that defines ` +
        `it, as defineSignal('${given.name}', { typeInfo }), or name what is called by a string`,
    );
  }
  return given;
}

function checkDefinition(given: Definition): void {
  const name: unknown = (given as Partial<Definition> | null | undefined)?.name;
  if (typeof name === 'string') return;
  throw new TypeError(
    'Expected a signal, query or update: its name, or what defineSignal, defineQuery or defineUpdate gave; ' +
      `got ${describeOption(given)}`,
  );
}
