/** What a team does to its workflows, in code of many modules and forms: each edit alone, against all histories of the samples. */
import { afterAll, describe, expect, test } from 'vitest';
import { EditedCode, isAsExpected } from './edits/edited-code.ts';
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

const code = new EditedCode('samples');
afterAll(() => code.dispose());

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
    const { causes, text } = await code.causesOf(sample.edits);
    for (const expected of sample.causes)
      expect(
        causes.some((found) => isAsExpected(found, expected)),
        `${expected.join(' ')}\n${text}`,
      ).toBe(true);
    expect(causes.length, text).toBe(sample.causes.length);
  });
});
