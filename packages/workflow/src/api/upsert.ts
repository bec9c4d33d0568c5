import {
  checkOption,
  encodeUnifiedSearchAttributes,
  TypedSearchAttributes,
  type SearchAttributes,
  type SearchAttributeUpdatePair,
  type SearchAttributeValue,
} from '@reprise/common';
import { ask, headersToWall, toWall } from '../run/asking.ts';
import { requireRun } from '../run/current-run.ts';
import { capturePlace } from '../run/place.ts';
import { attributesOf } from '../run/workflow-info-of.ts';
import type { WorkflowInfo } from '../run/workflow-info.ts';

type Attributes = Pick<WorkflowInfo, 'searchAttributes' | 'typedSearchAttributes'>;

/** The attributes after an upsert of typed ones. */
function withTyped(before: Attributes, updates: readonly SearchAttributeUpdatePair[]): Attributes {
  const searchAttributes = { ...before.searchAttributes };
  for (const { key, value } of updates) {
    if (value === null) delete searchAttributes[key.name];
    else searchAttributes[key.name] = (Array.isArray(value) ? value : [value]) as SearchAttributeValue;
  }
  return { searchAttributes, typedSearchAttributes: before.typedSearchAttributes.updateCopy(updates) };
}

/** The attributes after an upsert of untyped ones: their types are those that they had, or that their values seem to have. */
function withUntyped(before: Attributes, values: SearchAttributes): Attributes {
  const known = new Map(before.typedSearchAttributes.getAll().map(({ key }) => [key.name, key]));
  const searchAttributes = { ...before.searchAttributes };
  const updates: SearchAttributeUpdatePair[] = [];
  for (const [name, value = []] of Object.entries(values)) {
    const had = known.get(name);
    if (value.length === 0) {
      delete searchAttributes[name];
      if (had !== undefined) updates.push({ key: had, value: null } as SearchAttributeUpdatePair);
      continue;
    }
    const seen = TypedSearchAttributes.getKeyFromUntyped(name, value);
    if (seen === undefined) continue;
    // Text may be of a keyword just as well.
    const key = seen.type === 'TEXT' && had !== undefined ? had : seen;
    const only: unknown = value.length === 1 ? value[0] : value;
    const typed = key.type === 'DATETIME' && typeof only === 'string' ? new Date(only) : only;
    updates.push({ key, value: typed } as SearchAttributeUpdatePair);
    searchAttributes[name] = value;
  }
  return { searchAttributes, typedSearchAttributes: before.typedSearchAttributes.updateCopy(updates) };
}

/** An untyped attribute without a value is taken away, which an empty list says. */
function emptyForUnset(attributes: SearchAttributes): SearchAttributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value ?? []]));
}

/**
 * Adds to or replaces search attributes of this workflow; an empty list or null takes one away.
 *
 * @throws IllegalStateError outside workflow code
 * @example upsertSearchAttributes([{ key: customerId, value: 'c-17' }]);
 */
export function upsertSearchAttributes(searchAttributes: SearchAttributes | SearchAttributeUpdatePair[]): void {
  const run = requireRun('Workflow.upsertSearchAttributes(...) may only be used from a Workflow Execution.');
  if (searchAttributes === null || searchAttributes === undefined) {
    throw new Error('searchAttributes must be a non-null SearchAttributes');
  }
  const encoded = Array.isArray(searchAttributes)
    ? encodeUnifiedSearchAttributes(undefined, searchAttributes)
    : encodeUnifiedSearchAttributes(emptyForUnset(searchAttributes), undefined);
  const wall = headersToWall(encoded);
  ask(run, { kind: 'upsertSearchAttributes', searchAttributes: wall }, capturePlace(upsertSearchAttributes));
  const before = attributesOf(run);
  const after = Array.isArray(searchAttributes)
    ? withTyped(before, searchAttributes)
    : withUntyped(before, searchAttributes);
  const { facts } = run;
  if (facts !== undefined) run.facts = { ...facts, searchAttributes: { ...facts.searchAttributes, ...wall } };
  run.attributes = { ...before, ...after };
  run.info = undefined;
}

/**
 * Adds to or replaces the memo of this workflow; null or undefined takes a key away.
 *
 * @throws IllegalStateError outside workflow code, TypeError for a memo that is not an object
 * @example upsertMemo({ progress: 3 });
 */
export function upsertMemo(memo: Record<string, unknown>): void {
  const run = requireRun('Workflow.upsertMemo(...) may only be used from a Workflow Execution.');
  if (memo === null || memo === undefined) throw new Error('memo must be a non-null Record');
  checkOption('The memo of upsertMemo(...)', memo, 'object');
  const wall = Object.fromEntries(Object.entries(memo).map(([key, value]) => [key, toWall(run, value ?? undefined)]));
  ask(run, { kind: 'modifyProperties', memo: wall }, capturePlace(upsertMemo));
  const before = attributesOf(run);
  const merged = Object.entries({ ...before.memo, ...memo }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  run.attributes = { ...before, memo: Object.fromEntries(merged) };
  run.info = undefined;
}
