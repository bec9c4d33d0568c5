import { CancellationScope } from '@reprise/workflow';

type Undo = () => Promise<void>;

/** What was done, to be undone in reverse when something fails. */
export class Saga {
  readonly #undos: Undo[] = [];

  async run<T>(step: () => Promise<T>, undo: (result: T) => Promise<void>): Promise<T> {
    const result = await step();
    this.#undos.unshift(() => undo(result));
    return result;
  }

  async compensate(): Promise<void> {
    await CancellationScope.nonCancellable(async () => {
      for (const undo of this.#undos) await undo();
    });
  }
}
