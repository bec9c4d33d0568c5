import {
  checkOption,
  encodeUnifiedSearchAttributes,
  type SearchAttributes,
  type SearchAttributeUpdatePair,
} from '@reprise/common';
import { ask, headersToWall, toWall } from '../run/asking.ts';
import { requireRun } from '../run/current-run.ts';
import { capturePlace } from '../run/place.ts';
import type { Run } from '../run/run.ts';
import { attributesOf } from '../run/workflow-info-of.ts';

/** What is looked up next is decoded anew; the memo may have been changed since the start and stays as it is. */
function refreshInfo(run: Run, change: () => void): void {
  const { memo } = attributesOf(run);
  change();
  run.attributes = undefined;
  run.attributes = { ...attributesOf(run), memo };
  run.info = undefined;
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
  const { facts } = run;
  if (facts === undefined) return;
  refreshInfo(run, () => {
    run.facts = { ...facts, searchAttributes: { ...facts.searchAttributes, ...wall } };
  });
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
