/** An isolate whose workflow code is a function of the test: it answers each activation with intents. */
import type { Activation, Completion, Intent, RunCreation } from '@reprise/workflow/runtime';
import type { Isolate } from '../isolate/isolate.ts';

export type Script = (activation: Activation, run: RunCreation) => readonly Intent[] | Completion;

export class ScriptedIsolate implements Isolate {
  readonly activations: Activation[] = [];
  readonly #script: Script;
  readonly #runs = new Map<string, RunCreation>();

  constructor(script: Script) {
    this.#script = script;
  }

  get liveRuns(): number {
    return this.#runs.size;
  }

  create(run: RunCreation): void {
    this.#runs.set(run.runKey, run);
  }

  activate(runKey: string, activation: Activation): Completion {
    const run = this.#runs.get(runKey);
    if (run === undefined) throw new Error(`No run '${runKey}'`);
    this.activations.push(activation);
    const answer = this.#script(activation, run);
    return Array.isArray(answer)
      ? { status: 'completed', intents: answer, usedFlags: [], sinkCalls: [] }
      : (answer as Completion);
  }

  release(runKey: string): void {
    this.#runs.delete(runKey);
  }

  heapUsedBytes(): number {
    return 0;
  }

  dispose(): void {
    this.#runs.clear();
  }
}

/** A timer on the first activation, and the end of the run when it fires. */
export const timerThenDone: Script = ({ jobs }) =>
  jobs.flatMap(({ kind }): Intent[] => {
    if (kind === 'initialize') return [{ kind: 'startTimer', seq: 1, delayMs: 1000 }];
    return kind === 'fireTimer'
      ? [{ kind: 'completeWorkflow', result: { m: { encoding: 'json/plain' }, d: '"done"' } }]
      : [];
  });
