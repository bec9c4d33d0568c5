/** Edits that are there for one reason: those next to each other, and those that are the same again. */
import type { Edit } from '../probe/edit.ts';
import { stepText } from './step-text.ts';

export interface Together {
  readonly edit: Edit;
  /** Steps that came, or went, right after it. */
  readonly also: readonly Edit[];
  /** Steps that came where it went, the first of them first. */
  readonly instead: readonly Edit[];
}

/** Steps that are gone one right after the other are gone for one reason; so it is with steps that are new. */
export function together(edits: readonly Edit[], adjoining: ReadonlySet<Edit>): Together[] {
  const runs: { edit: Edit; also: Edit[]; instead: Edit[] }[] = [];
  for (const edit of edits) {
    const last = runs.at(-1);
    if (last === undefined || !isSameReason(edit, last.edit, adjoining)) {
      runs.push({ edit, also: [], instead: [] });
    } else if (edit.kind === last.edit.kind) last.also.push(edit);
    else if (edit.kind === 'inserted') last.instead.push(edit);
    else {
      last.instead.push(last.edit, ...last.also);
      last.also = [];
      last.edit = edit;
    }
  }
  return runs;
}

function isSameReason(edit: Edit, before: Edit, adjoining: ReadonlySet<Edit>): boolean {
  if (!adjoining.has(edit) || edit.step.kind === 'patch' || before.step.kind === 'patch') return false;
  if (edit.kind === 'renamed' || before.kind === 'renamed') return false;
  return true;
}

export function groups(changes: readonly Together[]): Together[][] {
  const byCause = new Map<string, Together[]>();
  for (const change of changes) {
    const { edit, also } = change;
    const from = edit.kind === 'renamed' ? edit.from.name : '';
    const place = edit.kind === 'inserted' ? (edit.asked?.place ?? '') : '';
    const cause = [edit.kind, edit.step.kind, edit.step.name, from, place, ...also.map(({ step }) => stepText(step))];
    const key = cause.join('\n');
    byCause.set(key, [...(byCause.get(key) ?? []), change]);
  }
  return [...byCause.values()];
}

/** The recorded event that an edit is at. */
export function anchorOf(edit: Edit): number {
  return edit.kind === 'inserted' ? (edit.before ?? Infinity) : edit.key;
}
