import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { COMMANDS } from './command-table.ts';
import { parseCommandLine } from './command-line/parse-command-line.ts';

const root = join(import.meta.dirname, '../../..');
const documents = globSync(['README.md', 'docs/*.md', 'examples/*/README.md'], { cwd: root });

/** Every `reprise ...` of code blocks and of code within text, to the end of the line, a comment or a redirection. */
const documented = documents.flatMap((document) =>
  [...readFileSync(join(root, document), 'utf8').matchAll(/(?:npx |`)reprise ([a-z][^`\n#>&|]*)/g)].map(
    ([, text = '']) => ({
      document,
      words: text.trim().split(/\s+/),
    }),
  ),
);

test.each(documented)('$document: reprise $words', async ({ words }) => {
  const entry = COMMANDS.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
  expect(entry).toBeDefined();
  const command = await entry?.load();
  const args = words.slice(entry?.name.split(' ').length);
  expect(() => command && parseCommandLine(command, args)).not.toThrow();
});

test('there are commands in the documents', () => {
  expect(documented.length).toBeGreaterThan(10);
});
