import type { Payload, WallPayload } from '@reprise/common';

import { differingValues, type ValueTexts } from './payload-values.ts';

export interface DifferingFields extends ValueTexts {
  /** The keys whose values differ. */
  readonly names: readonly string[];
}

/** A search attribute is the same as a list of that one. */
export function withoutLists(text: string): string {
  return /^\[.*\]$/s.test(text) && !text.includes(',') ? text.slice(1, -1) : text;
}

/**
 * Values by key that differ between both sides; undefined when all are the same.
 *
 * @param plain what counts of a value, as text
 */
export function differingFields(
  recorded: Readonly<Record<string, Payload | null | undefined>>,
  now: Readonly<Record<string, WallPayload>>,
  plain: (text: string) => string = (text) => text,
): DifferingFields | undefined {
  const names = [...new Set([...Object.keys(recorded), ...Object.keys(now)])].sort();
  const differing = names.flatMap((name) => {
    const [was, is] = [recorded[name], now[name]];
    const texts = differingValues(was ? [was] : [], is === undefined ? [] : [is]);
    if (texts === undefined || plain(texts.values.recorded) === plain(texts.values.now)) return [];
    return [{ name, ...texts }];
  });
  if (differing.length === 0) return undefined;
  const side = (of: 'values' | 'shapes', which: 'recorded' | 'now'): string =>
    differing.map((texts) => `${texts.name}: ${texts[of][which]}`).join(', ');
  return {
    names: differing.map(({ name }) => name),
    values: { recorded: side('values', 'recorded'), now: side('values', 'now') },
    shapes: { recorded: side('shapes', 'recorded'), now: side('shapes', 'now') },
  };
}
