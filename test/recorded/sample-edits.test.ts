/** What a team does to its workflows, in code of many modules and forms: each edit alone, against all histories of the samples. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replayFiles } from '@reprise/testing/replay';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPROVAL_EDITS } from './edits/samples/approval-edits.ts';
import { BILLING_EDITS } from './edits/samples/billing-edits.ts';
import { BOOKING_EDITS } from './edits/samples/booking-edits.ts';
import { CART_EDITS } from './edits/samples/cart-edits.ts';
import { DESK_EDITS } from './edits/samples/desk-edits.ts';
import { MORE_EDITS } from './edits/samples/more-edits.ts';
import { PIPELINE_EDITS } from './edits/samples/pipeline-edits.ts';
import { POLLER_EDITS } from './edits/samples/poller-edits.ts';
import { REPORT_EDITS } from './edits/samples/report-edits.ts';
import { SAFE_FIRST_EDITS } from './edits/samples/safe-booking-and-poller-edits.ts';
import { SAFE_SECOND_EDITS } from './edits/samples/safe-cart-and-report-edits.ts';
import { SAFE_THIRD_EDITS } from './edits/samples/safe-others-edits.ts';
import type { ExpectedCause, SampleEdit, TextEdit } from './edits/samples/sample-edit.ts';

const here = import.meta.dirname;
const histories = join(here, '0.1.0/samples');

// Inside of the repository, so that the code finds what it imports.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(here, '.edited-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function applyTo(code: string, [file, from, to]: TextEdit): void {
  const path = join(code, file);
  mkdirSync(dirname(path), { recursive: true });
  const text = from === '' ? '' : readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, from === '' ? to : text.replaceAll(from, () => to));
}

interface FoundCause {
  readonly code: string;
  readonly at: string;
  readonly count: number;
  readonly title: string;
}

function isAsExpected(found: FoundCause, [code, at = '', count, title = '']: ExpectedCause): boolean {
  return found.code === code && found.count === count && found.at.startsWith(at) && found.title.includes(title);
}

let count = 0;
async function causesOf({ edits }: SampleEdit): Promise<{ causes: FoundCause[]; text: string }> {
  const cwd = join(folder, String(++count));
  cpSync(join(here, 'workflows/samples'), cwd, { recursive: true });
  for (const each of edits) applyTo(cwd, each);
  const { report, text } = await replayFiles({ workflowsPath: 'all.ts', cwd, histories });
  const causes = report.causes.map(({ finding: { code, severity, place, title }, count: affected }) => {
    const line = place === undefined ? '' : readFileSync(join(cwd, place.file), 'utf8').split('\n')[place.line - 1];
    const at = line?.slice((place?.column ?? 1) - 1) ?? '';
    return { code: severity === 'warning' ? `${code}w` : code, at, count: affected, title };
  });
  return { causes, text };
}

describe.each([
  { what: 'approval', edits: APPROVAL_EDITS },
  { what: 'billing', edits: BILLING_EDITS },
  { what: 'booking', edits: BOOKING_EDITS },
  { what: 'cart', edits: CART_EDITS },
  { what: 'desk', edits: DESK_EDITS },
  { what: 'pipeline', edits: PIPELINE_EDITS },
  { what: 'poller', edits: POLLER_EDITS },
  { what: 'report', edits: REPORT_EDITS },
  { what: 'more', edits: MORE_EDITS },
  { what: 'safe', edits: [...SAFE_FIRST_EDITS, ...SAFE_SECOND_EDITS, ...SAFE_THIRD_EDITS] },
])('$what', ({ edits }) => {
  test.each(edits)('$name', async (sample) => {
    const { causes, text } = await causesOf(sample);
    for (const expected of sample.causes)
      expect(
        causes.some((found) => isAsExpected(found, expected)),
        `${expected.join(' ')}\n${text}`,
      ).toBe(true);
    expect(causes.length, text).toBe(sample.causes.length);
  });
});
