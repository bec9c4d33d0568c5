/**
 * State machines as tables: a row per state, a cell per legal input. A cell returns the next state and the effects to
 * carry out, as data. A missing cell is an error; a legal no-op is written `stay`.
 */
export interface Tagged {
  readonly kind: string;
}

export interface Transition<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

type OfKind<Union extends Tagged, Kind> = Extract<Union, { readonly kind: Kind }>;

export type MachineTable<State extends Tagged, Input extends Tagged, Effect> = {
  readonly [From in State['kind']]: {
    readonly [On in Input['kind']]?: (
      state: OfKind<State, From>,
      input: OfKind<Input, On>,
    ) => Transition<State, Effect>;
  };
};

export interface Machine<State extends Tagged, Input extends Tagged, Effect> {
  readonly name: string;
  readonly table: MachineTable<State, Input, Effect>;
  /** Takes one step. Throws InvalidTransitionError when `state` has no cell for `input`. */
  step(state: State, input: Input): Transition<State, Effect>;
  /** True when `state` has a cell for inputs of this kind. */
  accepts(state: State, kind: Input['kind']): boolean;
  /** Every cell as `[state, input]`; tests use it to assert that their rows cover the table. */
  cells(): [State['kind'], Input['kind']][];
}

/** A machine was given an input that its state has no cell for. */
export class InvalidTransitionError extends Error {
  override readonly name = 'InvalidTransitionError';
  readonly machine: string;
  readonly state: string;
  readonly input: string;
  constructor(machine: string, state: string, input: string) {
    super(`${machine} machine: state '${state}' does not take input '${input}'`);
    this.machine = machine;
    this.state = state;
    this.input = input;
  }
}

const NO_EFFECTS: readonly never[] = Object.freeze([]);

/** The transition to `state`, with `effects` to carry out in order. */
export function to<State extends Tagged, Effect = never>(
  state: State,
  ...effects: Effect[]
): Transition<State, Effect> {
  return { state, effects: effects.length === 0 ? NO_EFFECTS : effects };
}

/** The transition that changes nothing. */
export function stay<State extends Tagged>(state: State): Transition<State, never> {
  return { state, effects: NO_EFFECTS };
}

/** Makes a machine of its table. `name` appears in errors. */
export function defineMachine<State extends Tagged, Input extends Tagged, Effect = never>(
  name: string,
  table: MachineTable<State, Input, Effect>,
): Machine<State, Input, Effect> {
  type Cell = (state: State, input: Input) => Transition<State, Effect>;
  // Cells are typed by their row and column; a lookup by run-time tags needs the common type.
  const rows = table as unknown as Record<string, Record<string, Cell | undefined> | undefined>;
  return {
    name,
    table,
    step(state, input) {
      const cell = rows[state.kind]?.[input.kind];
      if (cell === undefined) throw new InvalidTransitionError(name, state.kind, input.kind);
      return cell(state, input);
    },
    accepts: (state, kind) => rows[state.kind]?.[kind] !== undefined,
    cells: () =>
      Object.entries(rows).flatMap(([from, row]) =>
        Object.keys(row ?? {}).map((on): [State['kind'], Input['kind']] => [from, on]),
      ),
  };
}
