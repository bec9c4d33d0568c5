/** What an ES module imports from modules that are none: CommonJS, JSON, and what the runtime provides. */
import type { Dependency, GraphModule } from './module-graph.ts';

/** What is called for as a whole; the rest is led to where it is defined. */
export type WholeDependency = Exclude<Dependency, { kind: 'traced' }>;

export interface Graph {
  readonly modules: readonly GraphModule[];
  /** The number of a module that is none of the bundle's own. */
  specialIndex(dependency: WholeDependency): number;
}

/** The id of the ES module that a specifier leads to. */
export function esmTarget({ modules }: Graph, dependency: Dependency | undefined): number | undefined {
  return dependency?.kind === 'module' && modules[dependency.id]?.compiled.shape !== undefined
    ? dependency.id
    : undefined;
}

/** The variable of a module for what it imports, before it begins. */
export function importVariable({ compiled }: GraphModule, specifier: string): string {
  return `__r${compiled.shape?.imports.indexOf(specifier) ?? 0}`;
}

export function foreignCall(graph: Graph, importer: GraphModule, dependency: WholeDependency): string {
  if (dependency.kind !== 'module') return `__rq(${~graph.specialIndex(dependency)})`;
  return `${asNodeSees(graph, importer, dependency) ? '__rn' : '__rq'}(${dependency.id})`;
}

/** Whether the importer gets the exports as the default and nothing else, as in Node. */
export function asNodeSees({ modules }: Graph, importer: GraphModule, dependency: Dependency): boolean {
  if (dependency.kind !== 'module' || importer.compiled.kind !== 'node-esm') return false;
  const kind = modules[dependency.id]?.compiled.kind;
  return kind === 'commonjs' || kind === 'json';
}

/** What reads a name, `default` or `*` of what is imported. */
export function foreignRead(graph: Graph, importer: GraphModule, wanted: { specifier: string; name: string }): string {
  const { specifier, name } = wanted;
  const dependency = importer.dependencies.get(specifier);
  const variable = importVariable(importer, specifier);
  // What the runtime provides is CommonJS in the published SDK: to an ES module of Node it is its own default.
  if (name === 'default' && dependency?.kind === 'provided' && importer.compiled.kind === 'node-esm') return variable;
  const isPlain = dependency === undefined || asNodeSees(graph, importer, dependency);
  if (name === '*') return isPlain ? variable : `__rw(${variable})`;
  if (name === 'default') return `${isPlain ? variable : `__rd(${variable})`}.default`;
  return propertyRead(variable, name);
}

export function propertyRead(object: string, name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*$/u.test(name)
    ? `${object}.${name}`
    : `${object}[${JSON.stringify(name)}]`;
}
