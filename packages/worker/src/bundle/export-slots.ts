/**
 * Finds where each exported name is defined, past all modules that pass it on, and numbers what is read from outside. Owns
 * these numbers, and knows which modules are asked for as a whole.
 */
import type { EsmExport, EsmShape } from './esm-shape.ts';
import { esmTarget, foreignRead, importVariable, type Graph } from './foreign-imports.ts';
import { pathKey, type GraphModule } from './module-graph.ts';

/** An export by number, or the namespace of a module. */
export type Definition =
  | { readonly kind: 'slot'; readonly id: number; readonly slot: number }
  | { readonly kind: 'namespace'; readonly id: number };

interface TableEntry {
  readonly name: string;
  /** Name, module and number. The number is -1 for a namespace; without a name it is all of a module of another kind. */
  readonly text: string;
}

export class ExportSlots {
  readonly #graph: Graph;
  /** The expressions that are read from outside, by module. */
  readonly #slots = new Map<number, Map<string, number>>();
  readonly #namespaces = new Set<number>();
  readonly #found = new Map<string, Definition | undefined>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Where a name of an ES module, or `*`, is defined. */
  find(id: number, name: string): Definition | undefined {
    if (name === '*') return { kind: 'namespace', id };
    const key = `${id}\n${name}`;
    if (!this.#found.has(key)) {
      // Whoever comes here again by a circle of re-exports finds nothing.
      this.#found.set(key, undefined);
      this.#found.set(key, this.#lookUp(id, name));
    }
    return this.#found.get(key);
  }

  /** Notes that a module is asked for as a whole. */
  needNamespace(id: number): void {
    this.#namespaces.add(id);
  }

  /** The expressions of a module that are read from outside, by their numbers. */
  readsOf(id: number): string[] {
    return [...(this.#slots.get(id)?.keys() ?? [])];
  }

  /** For each module the list of its exports as the loader takes it: 0 where it is none, empty where nobody asks. */
  tables(): string[] {
    const texts = new Map<number, string>();
    // A namespace may hold others, which are added meanwhile.
    for (const id of this.#namespaces) {
      // Namespaces list their names in order.
      const entries = this.#table(id, new Set()).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      texts.set(id, `[${entries.map(({ text }) => text).join(',')}]`);
    }
    return this.#graph.modules.map(({ id, compiled }) =>
      compiled.shape === undefined ? '0' : (texts.get(id) ?? '[]'),
    );
  }

  #lookUp(id: number, name: string): Definition | undefined {
    const module = this.#graph.modules[id];
    const shape = module?.compiled.shape;
    if (module === undefined || shape === undefined) return undefined;
    const exported = shape.exports.find((candidate) => candidate.name === name);
    if (exported !== undefined) return this.#ofExport(module, exported);
    if (name === 'default') return undefined;
    for (const star of shape.stars) {
      const target = esmTarget(this.#graph, module.dependencies.get(star));
      const found = target === undefined ? undefined : this.find(target, name);
      if (found !== undefined) return found;
    }
    const [specifier] = this.#foreignStars(module, shape);
    return specifier === undefined ? undefined : this.#slot(id, foreignRead(this.#graph, module, { specifier, name }));
  }

  #ofExport(module: GraphModule, exported: EsmExport): Definition | undefined {
    if ('read' in exported) return this.#slot(module.id, exported.read);
    const { specifier, imported } = exported;
    const dependency = module.dependencies.get(specifier);
    if (dependency?.kind === 'traced') {
      const read = dependency.reads.get(pathKey([imported]));
      return read === undefined ? undefined : this.find(read.id, read.name);
    }
    const target = esmTarget(this.#graph, dependency);
    if (target !== undefined) return this.find(target, imported);
    return this.#slot(module.id, foreignRead(this.#graph, module, { specifier, name: imported }));
  }

  #foreignStars(module: GraphModule, { stars }: EsmShape): string[] {
    return stars.filter((star) => esmTarget(this.#graph, module.dependencies.get(star)) === undefined);
  }

  #slot(id: number, read: string): Definition & { kind: 'slot' } {
    const slots = this.#slots.get(id) ?? new Map<string, number>();
    this.#slots.set(id, slots);
    const slot = slots.get(read) ?? slots.size;
    slots.set(read, slot);
    return { kind: 'slot', id, slot };
  }

  #table(id: number, seen: Set<number>): TableEntry[] {
    const module = this.#graph.modules[id];
    const shape = module?.compiled.shape;
    if (module === undefined || shape === undefined || seen.has(id)) return [];
    seen.add(id);
    const entries = shape.exports.flatMap(({ name }) => this.#entry(name, this.find(id, name)));
    for (const star of shape.stars) {
      const target = esmTarget(this.#graph, module.dependencies.get(star));
      const inner = target === undefined ? [] : this.#table(target, seen);
      entries.push(...inner.filter(({ name }) => name !== 'default'));
    }
    const foreign = this.#foreignStars(module, shape).map((star) => this.#slot(id, importVariable(module, star)));
    return [...entries, ...foreign.map(({ slot }) => ({ name: LAST, text: `null,${id},${slot}` }))];
  }

  #entry(name: string, found: Definition | undefined): TableEntry[] {
    if (found === undefined) return [];
    if (found.kind === 'namespace') this.#namespaces.add(found.id);
    const slot = found.kind === 'namespace' ? -1 : found.slot;
    return [{ name, text: `${JSON.stringify(name)},${found.id},${slot}` }];
  }
}

/** After all names. */
const LAST = '\uFFFF';
