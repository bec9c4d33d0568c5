/** Workflows of the repository with texts replaced, replayed against the histories that were recorded before. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replayFiles } from '@reprise/testing/replay';
import { expect } from 'vitest';
import type { ExpectedCause, TextEdit } from './samples/sample-edit.ts';

const recorded = join(import.meta.dirname, '..');
const EXAMPLES = ['hello', 'order', 'subscription'];

export interface FoundCause {
  readonly code: string;
  readonly at: string;
  readonly count: number;
  readonly title: string;
  readonly help: string;
}

export class EditedCode {
  readonly #corpus: 'examples' | 'samples';
  // Inside of the repository, so that the code finds what it imports.
  readonly #folder = mkdtempSync(join(recorded, '.edited-'));
  #count = 0;

  constructor(corpus: 'examples' | 'samples') {
    this.#corpus = corpus;
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true });
  }

  async causesOf(edits: readonly TextEdit[]): Promise<{ causes: FoundCause[]; text: string }> {
    const cwd = join(this.#folder, String(++this.#count));
    this.#copyTo(cwd);
    for (const edit of edits) applyTo(cwd, edit);
    const histories = join(recorded, '0.1.0', this.#corpus);
    const { report, text } = await replayFiles({ workflowsPath: 'all.ts', cwd, histories });
    const causes = report.causes.map(({ finding: { code, severity, place, title, help }, count }) => {
      const line = place === undefined ? '' : readFileSync(join(cwd, place.file), 'utf8').split('\n')[place.line - 1];
      const at = line?.slice((place?.column ?? 1) - 1) ?? '';
      return { code: severity === 'warning' ? `${code}w` : code, at, count, title, help: help.join('\n') };
    });
    return { causes, text };
  }

  #copyTo(cwd: string): void {
    const workflows = join(recorded, 'workflows');
    if (this.#corpus === 'samples') return cpSync(join(workflows, 'samples'), cwd, { recursive: true });
    cpSync(workflows, cwd, { recursive: true, filter: (path) => !path.endsWith('samples') });
    for (const name of EXAMPLES)
      cpSync(join(recorded, `../../examples/${name}/src/workflows.ts`), join(cwd, `${name}.ts`));
  }
}

function applyTo(code: string, [file, from, to]: TextEdit): void {
  const path = join(code, file);
  mkdirSync(dirname(path), { recursive: true });
  const text = from === '' ? '' : readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, from === '' ? to : text.replaceAll(from, () => to));
}

export function isAsExpected(found: FoundCause, [code, at = '', count, title = '', help = '']: ExpectedCause): boolean {
  const isSame = found.code === code && found.count === count && found.at.startsWith(at);
  return isSame && found.title.includes(title) && found.help.includes(help);
}
