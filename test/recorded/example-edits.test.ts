/** The examples, edited as teams edit their workflows: what replay says, and that its help is right when it is followed. */
import { afterAll, describe, expect, test } from 'vitest';
import { EditedCode, isAsExpected } from './edits/edited-code.ts';
import { FLEET_AND_ACCOUNT_EDITS } from './edits/examples/fleet-and-account-edits.ts';
import { HELLO_EDITS } from './edits/examples/hello-edits.ts';
import { SAFE_EDITS } from './edits/examples/safe-edits.ts';
import { SUBSCRIPTION_EDITS } from './edits/examples/subscription-edits.ts';
import { TWO_EDITS } from './edits/examples/two-edits.ts';

const code = new EditedCode('examples');
afterAll(() => code.dispose());

describe.each([
  { what: 'hello', edits: HELLO_EDITS },
  { what: 'subscription', edits: SUBSCRIPTION_EDITS },
  { what: 'fleet and account', edits: FLEET_AND_ACCOUNT_EDITS },
  { what: 'two edits at once', edits: TWO_EDITS },
  { what: 'safe', edits: SAFE_EDITS },
])('$what', ({ edits }) => {
  test.each(edits)('$name', async ({ edits: edited, causes: expected, healed }) => {
    const { causes, text } = await code.causesOf(edited);
    for (const each of expected)
      expect(
        causes.some((found) => isAsExpected(found, each)),
        `${each.join(' ')}\n${text}`,
      ).toBe(true);
    expect(causes.length, text).toBe(expected.length);
    if (healed === undefined) return;
    const after = await code.causesOf(healed);
    expect(
      after.causes.filter((cause) => !cause.code.endsWith('w')),
      after.text,
    ).toEqual([]);
  });
});
