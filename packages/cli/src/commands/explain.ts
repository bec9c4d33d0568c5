import type { Command } from '../command-line/command.ts';
import { closestWord } from '../command-line/closest-word.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { DIVERGENCE_PAGES } from '../explain/divergence-pages.ts';
import { OTHER_PAGES } from '../explain/other-pages.ts';
import type { ExplainPage } from '../explain/page.ts';

const PAGES = [...DIVERGENCE_PAGES, ...OTHER_PAGES];

export const explain: Command = {
  name: 'explain',
  summary: 'Say what a code of the replay report means and what to do',
  usage: '[CODE]',
  description: 'Without a code, all of them are listed.',
  maxOperands: 1,
  operands: PAGES.map(({ code }) => code),
  options: [],
  examples: ['reprise explain R1003', 'reprise explain'],
  run(line, terminal) {
    const [asked] = line.operands;
    if (asked === undefined) {
      for (const { code, title } of PAGES) terminal.out(`${code}  ${title}`);
      return Promise.resolve(ExitCode.ok);
    }
    const page = PAGES.find(({ code }) => code === asked.toUpperCase());
    if (page === undefined) {
      const meant = closestWord(
        asked.toUpperCase(),
        PAGES.map(({ code }) => code),
      );
      throw new UsageError(
        `there is no code '${asked}'${meant === undefined ? "; 'reprise explain' lists them" : `; did you mean ${meant}?`}`,
      );
    }
    terminal.out(render(page));
    return Promise.resolve(ExitCode.ok);
  },
};

function render({ code, title, meaning, causes, remedies, example }: ExplainPage): string {
  return [
    `${code}: ${title}`,
    '',
    meaning,
    '',
    'Usual causes:',
    ...causes.map((cause) => `  - ${cause}`),
    '',
    'What to do:',
    ...remedies.map((remedy) => `  - ${remedy}`),
    ...(example === undefined ? [] : ['', 'Example:', ...example.split('\n').map((text) => `  ${text}`)]),
  ].join('\n');
}
