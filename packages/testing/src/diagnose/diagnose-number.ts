/** Of a step that is recorded under another number than it has now, while all else is as recorded. */
import type { Case } from './case.ts';
import type { Finding } from './finding.ts';
import { currentSide, recordedSide } from './sides.ts';
import { gate } from './gate.ts';
import { stepText } from './step-text.ts';

const NUMBER = /^\d+$/;

/** Undefined where the mismatch is of another sort. */
export function diagnoseNumber({ mismatch, source }: Pick<Case, 'mismatch' | 'source'>): Finding | undefined {
  const { code, recorded, now, takenBack } = mismatch;
  if (code !== 'identity' || recorded === undefined || now === undefined) return undefined;
  const [was = '', is = ''] = [recorded.id, now.id];
  if (recorded.name !== now.name || !NUMBER.test(was) || !NUMBER.test(is)) return undefined;
  const [then, asked] = [recordedSide(recorded.event), currentSide(now.asked, source)];
  const isMore = Number(is) > Number(was);
  const extra = isMore && takenBack !== undefined ? currentSide(takenBack.asked, source) : undefined;
  const word = asked.kind === 'timer' ? 'timer' : 'activity';
  const what =
    extra === undefined ? `${word} that is never sent` : `${stepText(extra)}, cancelled as soon as it is asked for,`;
  const place = extra?.place ?? asked.place;
  return {
    code: isMore ? 'R1003' : 'R1004',
    severity: 'error',
    title: isMore
      ? `new ${what} before ${stepText(then)}`
      : `a ${word} that was never sent is gone before ${stepText(then)}`,
    recorded: then,
    now: extra ?? asked,
    ...(place === undefined ? {} : { place }),
    notes: [
      `every ${word} takes a number, one that is cancelled before the server hears of it too: ${stepText(then)} was number ${was}, and is number ${is} now`,
    ],
    help: isMore
      ? [gate(extra, then)]
      : [`keep asking for it where it was, for executions that have its number: if (!patched('without-${word}')) ...`],
    times: 1,
    message: mismatch.message,
    explainsRest: true,
  };
}
