import type { Case } from './case.ts';
import type { Change } from './changes.ts';
import { escaped } from './escaped.ts';
import type { SourcePlace } from './finding.ts';
import type { Step } from './step.ts';

/**
 * Whether a change must have been made for its own sake, however often it comes after another: the call of a step that is
 * gone is gone from the source too. What is new at the end of a run is not reached by all runs.
 */
export function isOwnEdit({ code, recorded }: Change, { source }: Case, place: SourcePlace | undefined): boolean {
  if (code === 'R1009') return true;
  if (code !== 'R1004' || recorded === undefined || place === undefined) return false;
  return !isCalled(recorded, { source, file: place.file });
}

function isCalled({ kind, name }: Step, { source, file }: Pick<Case, 'source'> & { file: string }): boolean {
  if (kind === 'timer') return /\b(?:sleep|setTimeout)\s*\(/.test(source.text(file) ?? '');
  if (kind !== 'activity' && kind !== 'localActivity') return true;
  // Where an activity is declared, or taken from a proxy, nothing of a call stands before its name or after it.
  const known = escaped(name);
  const call = `(?:\\b(?:await|return|void|yield)|=>|[.=(,?:&|])\\s*${known}\\s*\\(`;
  return source.mentions(new RegExp(`${call}|\\(\\s*${known}\\s*[,)]|\\.${known}\\b`));
}
