import type { Finding, SourcePlace } from '../diagnose/finding.ts';
import { stepText } from '../diagnose/step-text.ts';

/** One reason for which any number of histories do not replay. */
export interface Cause {
  /** As most of the histories show it. */
  readonly finding: Finding;
  readonly workflowTypes: ReadonlySet<string>;
  /** The steps that it is seen at, where that can be several: options that calls share. */
  readonly steps: ReadonlySet<string>;
  /** Names of histories, at most `NAMES_KEPT`. */
  readonly histories: readonly string[];
  readonly count: number;
  readonly open: number;
  readonly closed: number;
}

export const NAMES_KEPT = 100;

/** What options are changed of several calls at once, by the options that they share. */
const BY_ASPECT: ReadonlySet<Finding['code']> = new Set(['R2004']);
/** Names of task queues may differ from history to history. */
const QUEUES = /taskQueue .*? -> [^,]*/;
/** The place is that of something else, which differs from history to history. */
const PLACELESS: ReadonlySet<Finding['code']> = new Set(['R1004', 'R1005']);
/** Something is asked for that was not recorded there: later perhaps, or never. */
const NEW_STEPS: ReadonlySet<Finding['code']> = new Set(['R1002', 'R1003', 'R1009']);
/** Made in many places by one edit of a name. */
const BY_NAMES: ReadonlySet<Finding['code']> = new Set(['R1001', 'R1006', 'R1007']);

/**
 * Findings that share one of their keys have the same cause. One change of the code can look different from history to
 * history: as a rename where a history ends early, as a swap where it goes on.
 */
export function causeKeys(finding: Finding): string[] {
  const { code, severity, title, place, recorded, now, aspect } = finding;
  // Nothing of the code stands for what is not there: the title says which type it is.
  if (code === 'R1011') return [title];
  if (BY_ASPECT.has(code)) return [[code, severity, aspect?.replace(QUEUES, 'taskQueue')].join('\n')];
  const where = textOf(place);
  const sides = [recorded, now].map((side) => (side === undefined ? '' : stepText(withoutValues(side))));
  if (severity === 'warning') return [[code, severity, where, ...sides].join('\n')];
  // Where the step itself is asked for, and where the code decides about it.
  const places = [...new Set([where, textOf(now?.place)])].filter((each) => each !== '');
  const keys = places.map((each) => ['at', each, ...sides].join('\n'));
  // The same new step stands before this step in one history, before that one or after the end in another.
  if (NEW_STEPS.has(code) && where !== '' && now !== undefined) keys.push(['new', where, sides[1]].join('\n'));
  if (code === 'R1002' && where !== '') keys.push([code, where].join('\n'));
  const was = recorded?.place === undefined ? '' : `${recorded.place.file}:${recorded.place.line}`;
  if (PLACELESS.has(code)) keys.push([code, was, sides[0]].join('\n'));
  if (BY_NAMES.has(code)) keys.push([code, ...sides].join('\n'));
  return keys.length === 0 ? [[code, ...sides].join('\n')] : keys;
}

function textOf(place: SourcePlace | undefined): string {
  return place === undefined ? '' : `${place.file}:${place.line}:${place.column}`;
}

/** Lengths and ids differ from history to history where the cause is one. */
function withoutValues<S extends { durationMs?: number; id?: string }>(side: S): S {
  const { durationMs: _length, id: _id, ...rest } = side;
  return rest as S;
}
