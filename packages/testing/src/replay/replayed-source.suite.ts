/** Workflow code given as text, replayed against histories: inside of the package, so that the code finds what it imports. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { replayHistory } from './replay-history.ts';
import type { ReplayVerdict } from './verdict.ts';

export class ReplayedSource {
  readonly #folder = mkdtempSync(join(import.meta.dirname, '../../.replayed-'));
  #count = 0;

  async replay(source: string, history: object): Promise<ReplayVerdict> {
    return await replayHistory(this.write(source), history);
  }

  /** Options that name the source. */
  write(source: string): { workflowsPath: string; cwd: string } {
    const workflowsPath = `workflows-${++this.#count}.ts`;
    writeFileSync(join(this.#folder, workflowsPath), source);
    return { workflowsPath, cwd: this.#folder };
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** The source with a text replaced that must be in it. */
export function edit(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`the source does not contain ${from}`);
  return source.replace(from, to);
}
