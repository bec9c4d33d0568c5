/**
 * A server in memory that a test drives: it crashes when told to, and after every commit what was stored is folded again and
 * held against what the server works with. The test fakes the clock of the process.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Transport } from '@reprise/proto';
import { type Assembly, assemble } from '../assemble.ts';
import { callsOf } from '../calls-of.suite.ts';
import { checkStore } from '../check/check-database.ts';
import { withoutDefaults } from '../check/without-defaults.ts';
import type { Execution } from '../execution/execution.ts';
import { inProcessTransport } from '../rpc/in-process-transport.ts';
import { foldRun } from '../runs/run-codec.ts';
import { openDatabase, type OpenedDatabase } from '../store/open-database.ts';
import { SqliteStore } from '../store/sqlite-store.ts';
import type { Changes, StoredTransition } from '../store/store.ts';

/** A store that its server has lost when `isLost` is set: from then on nothing is written. */
class LosableStore extends SqliteStore {
  isLost = false;
  readonly #onCommitted: (runKeys: readonly number[]) => void;

  constructor(opened: OpenedDatabase, onCommitted: (runKeys: readonly number[]) => void) {
    super({ database: opened.database, close: () => {} });
    this.#onCommitted = onCommitted;
  }

  override commit(changes: Changes): void {
    if (this.isLost) throw new Error('the server has crashed');
    super.commit(changes);
    this.#onCommitted(changes.transitions.map(({ runKey }) => runKey));
  }
}

/** What events alone must rebuild, whatever else is kept beside them. */
function fromEvents(execution: Execution, isHeldBack: boolean): unknown {
  const { nextEventId, status, memo, searchAttributes, cancelRequested, timers, activities, children } = execution;
  const known = { nextEventId, status, memo, searchAttributes };
  // What is held back has its effect already, and is not recorded yet; when the run closes, it never will be.
  if (isHeldBack) return withoutDefaults(known);
  return withoutDefaults({
    ...known,
    cancelRequested,
    // In the order of their ids: held back events have changed the order in which they are kept.
    timers: [...timers].sort(([a], [b]) => (a < b ? -1 : 1)),
    activities: [...activities.keys()],
    children: [...children.keys()],
  });
}

export class VirtualServer {
  /** What is wrong with what was stored, and what the server could not foresee. */
  readonly faults: string[] = [];
  readonly #seed: number;
  readonly #opened = openDatabase(':memory:');
  #starts = 0;
  #store: LosableStore;
  #assembly: Assembly;

  constructor(seed: number) {
    this.#seed = seed;
    this.#store = this.#openStore();
    this.#assembly = this.#start();
  }

  get call() {
    return callsOf(this.#transport());
  }

  /** What was not committed is lost; calls that are under way are never answered. */
  crash(): void {
    this.#store.isLost = true;
    void this.#assembly.drain(0);
    this.#store = this.#openStore();
    this.#assembly = this.#start();
  }

  /** Ends it, and says what is wrong with all that it leaves. */
  async stop(): Promise<readonly string[]> {
    await this.#assembly.drain(0);
    this.#assembly.close();
    const { problems } = checkStore(this.#store);
    this.#opened.close();
    return [...this.faults, ...problems];
  }

  #transport(): Transport {
    const store = this.#store;
    return inProcessTransport(this.#assembly.frontend, () => store.isLost);
  }

  #openStore(): LosableStore {
    return new LosableStore(this.#opened, (runKeys) => this.#compare(runKeys));
  }

  #start(): Assembly {
    const store = this.#store;
    const writeLog = (line: string): void => {
      if (!store.isLost) this.faults.push(line);
    };
    const seed = this.#seed * 1000 + this.#starts++;
    return assemble(
      { seed, logLevel: 'error', logFormat: 'text', writeLog, searchAttributes: { Colour: 'Keyword' } },
      store,
    );
  }

  #compare(runKeys: readonly number[]): void {
    for (const key of new Set(runKeys)) {
      const run = this.#store.load(key);
      if (!run) continue;
      const live = { ...this.#assembly.engine.read(run.row), run: run.row };
      const stored = foldRun(run.row, run.transitions);
      this.#expectEqual('its transitions', withoutDefaults(stored), withoutDefaults(live));
      const events = run.transitions.map(({ seq, events: batches }): StoredTransition => ({ seq, events: batches }));
      if (run.row.kind === 'workflow') {
        const isHeldBack = live.buffered.length > 0 || live.closed !== undefined;
        this.#expectEqual('its events', fromEvents(foldRun(run.row, events), isHeldBack), fromEvents(live, isHeldBack));
      }
    }
  }

  #expectEqual(what: string, folded: unknown, live: unknown): void {
    if (isDeepStrictEqual(folded, live)) return;
    const differing = Object.keys({ ...(live as object), ...(folded as object) }).filter(
      (name) => !isDeepStrictEqual((folded as Record<string, unknown>)[name], (live as Record<string, unknown>)[name]),
    );
    const shown = (state: unknown): string =>
      JSON.stringify(Object.fromEntries(differing.map((name) => [name, (state as Record<string, unknown>)[name]])));
    this.faults.push(`folding ${what} gives ${shown(folded)}, the server works with ${shown(live)}`);
  }
}
