import type { Finding } from '../diagnose/finding.ts';
import { stepText } from '../diagnose/step-text.ts';

/** One reason for which any number of histories do not replay. */
export interface Cause {
  /** As it was found in the first of the histories. */
  readonly finding: Finding;
  readonly workflowTypes: ReadonlySet<string>;
  /** Names of histories, at most `NAMES_KEPT`. */
  readonly histories: readonly string[];
  readonly count: number;
  readonly open: number;
  readonly closed: number;
}

export const NAMES_KEPT = 100;

/** Findings with the same key have the same cause. */
export function causeKey({ code, severity, place, recorded, now }: Finding): string {
  const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column}`;
  const sides = [recorded, now].map((side) => (side === undefined ? '' : stepText(withoutValues(side))));
  return [code, severity, where, ...sides].join('\n');
}

/** Lengths and ids differ from history to history where the cause is one. */
function withoutValues<S extends { durationMs?: number; id?: string }>(side: S): S {
  const { durationMs: _length, id: _id, ...rest } = side;
  return rest as S;
}
