/** What a team does to its workflows between two releases, each edit alone, against histories recorded before. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replayFiles } from '@reprise/testing/replay';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACCOUNT_EDITS } from './edits/account-edits.ts';
import { FLEET_EDITS } from './edits/fleet-edits.ts';
import { ORDER_EDITS } from './edits/order-edits.ts';

const here = import.meta.dirname;
const histories = join(here, '0.1.0/examples');
const EXAMPLES = ['hello', 'order', 'subscription'];

// Inside of the repository, so that the code finds what it imports.
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(here, '.edited-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([...ORDER_EDITS, ...FLEET_EDITS, ...ACCOUNT_EDITS].map((edit, index) => ({ ...edit, index })))(
  '$name: $want',
  async (edit) => {
    const { want, at, causes = want === '' ? 0 : 1 } = edit;
    const code = join(folder, String(edit.index));
    cpSync(join(here, 'workflows'), code, { recursive: true });
    for (const name of EXAMPLES)
      cpSync(join(here, `../../examples/${name}/src/workflows.ts`), join(code, `${name}.ts`));
    for (const [file, from, to] of edit.edits) {
      const path = join(code, file);
      const text = from === '' ? '' : readFileSync(path, 'utf8');
      expect(text).toContain(from);
      writeFileSync(path, from === '' ? to : text.replace(from, () => to));
    }
    const { report, text } = await replayFiles({ workflowsPath: join(code, 'all.ts'), histories });
    const findings = report.causes.map(({ finding }) => finding);
    const errors = findings.filter(({ severity }) => severity === 'error');
    const codes = errors.length > 0 ? errors.map((each) => each.code) : findings.map((each) => `${each.code}w`);
    expect([...new Set(codes)].join(), text).toBe(want);
    expect(findings.length, text).toBe(causes);
    const [first] = findings;
    if (at === undefined || first?.place === undefined) expect(at, text).toBeUndefined();
    else expect(readFileSync(join(first.place.file), 'utf8').split('\n')[first.place.line - 1], text).toContain(at);
  },
);
