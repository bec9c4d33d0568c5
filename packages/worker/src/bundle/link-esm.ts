/** Writes what an ES module reads from others, and the line before it that evaluates them and hands its exports over. */
import { blankEdits, type Edit } from './edits.ts';
import { editOfReference, type EsmRead, type EsmShape } from './esm-shape.ts';
import type { Definition, ExportSlots } from './export-slots.ts';
import {
  asNodeSees,
  esmTarget,
  foreignCall,
  foreignRead,
  importVariable,
  propertyRead,
  type Graph,
} from './foreign-imports.ts';
import { pathKey, pathOf, type GraphModule } from './module-graph.ts';

export interface EsmLinking {
  readonly graph: Graph;
  readonly slots: ExportSlots;
}

/** The edits of a module that depend on others. */
export function esmEdits(module: GraphModule, shape: EsmShape, linking: EsmLinking): Edit[] {
  const { graph, slots } = linking;
  const readers = readersOf(module, linking);
  const edits = shape.reads.flatMap((read) => editsOfRead(module, read, { ...linking, readers }));
  for (const { specifier, start, end } of shape.dynamicImports) {
    const text = `Promise.resolve().then(()=>${namespaceText(module, specifier, linking)})`;
    edits.push(...blankEdits(module.compiled.code, start, end, text));
  }
  for (const { specifier, start, end } of module.compiled.requires) {
    const dependency = module.dependencies.get(specifier);
    if (dependency === undefined || dependency.kind === 'traced') continue;
    const target = esmTarget(graph, dependency);
    if (target !== undefined) slots.needNamespace(target);
    const index = dependency.kind === 'module' ? dependency.id : ~graph.specialIndex(dependency);
    edits.push(...blankEdits(module.compiled.code, start, end, `__rq(${index})`));
  }
  return edits;
}

/** What comes before the text of a module. To be asked for when all modules have been linked. */
export function esmHead(module: GraphModule, { graph, slots }: EsmLinking): string {
  const cases = slots.readsOf(module.id).map((read, slot) => `case ${slot}:return ${read}`);
  const imports = (module.compiled.shape?.imports ?? []).flatMap((specifier) => {
    const dependency = module.dependencies.get(specifier);
    if (dependency === undefined || dependency.kind === 'traced') return [];
    const target = esmTarget(graph, dependency);
    const value = target === undefined ? foreignCall(graph, module, dependency) : `__rl(${target})`;
    return [`const ${importVariable(module, specifier)}=${value};`];
  });
  return `__rx((i)=>{switch(i){${cases.join(';')}}});${imports.join('')}`;
}

/** The variables that read the exports of the modules that are evaluated before this one, by module id. */
function readersOf(module: GraphModule, { graph }: EsmLinking): Map<number, string> {
  const readers = new Map<number, string>();
  for (const specifier of module.compiled.shape?.imports ?? []) {
    const target = esmTarget(graph, module.dependencies.get(specifier));
    if (target !== undefined) readers.set(target, importVariable(module, specifier));
  }
  return readers;
}

interface Reading extends EsmLinking {
  readonly readers: ReadonlyMap<number, string>;
}

function editsOfRead(module: GraphModule, read: EsmRead, reading: Reading): Edit[] {
  const path = pathOf(read);
  const { text, depth, isMissing = false } = pathText(module, read, reading);
  // A function that is read of an object and called would get it as `this`.
  const isMethod = read.form === 'called' && depth === path.length && !isMissing && /[.\]]/.test(text);
  const edit = editOfReference(read, isMethod ? `__rv(${text})` : text);
  const last = read.members[depth - 2];
  return [edit, ...(last === undefined ? [] : blankEdits(module.compiled.code, read.end, last.end))];
}

interface PathText {
  readonly text: string;
  /** Whether nothing has the name: an error about it should show it. */
  readonly isMissing?: boolean;
  /** How much of the path the text stands for. */
  readonly depth: number;
}

function pathText(module: GraphModule, read: EsmRead, reading: Reading): PathText {
  const { graph, slots } = reading;
  const path = pathOf(read);
  const [name = '*'] = path;
  const dependency = module.dependencies.get(read.specifier);
  if (dependency?.kind === 'traced') {
    const traced = dependency.reads.get(pathKey(path));
    const found = traced && slots.find(traced.id, traced.name);
    return { text: found === undefined ? 'undefined' : textOf(found, reading), depth: traced?.depth ?? 1 };
  }
  const target = esmTarget(graph, dependency);
  if (target === undefined) return { text: foreignRead(graph, module, { specifier: read.specifier, name }), depth: 1 };
  const found = followed(target, path, slots);
  if (found !== undefined) return { text: textOf(found.definition, reading), depth: found.depth };
  slots.needNamespace(target);
  return { text: propertyRead(`__rq(${target})`, name), depth: 1, isMissing: true };
}

/** As far as the path leads from namespace to namespace. */
function followed(
  id: number,
  path: readonly string[],
  slots: ExportSlots,
): { definition: Definition; depth: number } | undefined {
  let definition = slots.find(id, path[0] ?? '*');
  let depth = 1;
  for (; definition?.kind === 'namespace' && depth < path.length; depth++) {
    const next = slots.find(definition.id, path[depth] ?? '');
    if (next === undefined) break;
    definition = next;
  }
  return definition && { definition, depth };
}

function textOf(definition: Definition, { slots, readers }: Reading): string {
  const { id } = definition;
  if (definition.kind === 'namespace') {
    slots.needNamespace(id);
    return `__rq(${id})`;
  }
  const reader = readers.get(id);
  return reader === undefined ? `__rg(${id},${definition.slot})` : `${reader}(${definition.slot})`;
}

function namespaceText(module: GraphModule, specifier: string, { graph, slots }: EsmLinking): string {
  const dependency = module.dependencies.get(specifier);
  if (dependency === undefined || dependency.kind === 'traced') return 'undefined';
  const target = esmTarget(graph, dependency);
  if (target === undefined) {
    const call = foreignCall(graph, module, dependency);
    return asNodeSees(graph, module, dependency) ? call : `__rw(${call})`;
  }
  slots.needNamespace(target);
  return `__rq(${target})`;
}
