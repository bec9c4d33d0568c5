/**
 * Puts the modules of a graph into one script. Its value is a function of what the runtime provides; that function gives
 * `instantiate(globals)`, which makes a fresh set of modules and evaluates none of them until they are asked for.
 *
 * All runs of a context share the functions that hold the modules. So these are frozen, have no prototype, and see of the
 * script around them only the names that compiled code uses.
 *
 * In CommonJS modules every `require("x")` becomes a call of the same length, `__q(12)`, so that positions within a module
 * stay as they are.
 */
import { basename } from 'node:path';
import type { CompiledModule } from './compile-module.ts';
import { applyEdits, type Edit } from './edits.ts';
import { ExportSlots } from './export-slots.ts';
import type { WholeDependency } from './foreign-imports.ts';
import { esmEdits, esmHead, type EsmLinking } from './link-esm.ts';
import { COMMONJS_PARAMETERS, ESM_PARAMETERS, LOADER } from './loader.ts';
import type { GraphModule } from './module-graph.ts';
import { runGlobals } from './run-globals.ts';

export interface LinkedScript {
  code: string;
  /** The line of the script, from 0, on which each module begins, by module id. */
  moduleLines: number[];
  /** What was changed in each module since the compiler wrote it, by module id. */
  moduleEdits: Edit[][];
}

export interface LinkOptions {
  /** The modules that are asked for from outside of the script. */
  readonly entries: readonly number[];
  /** The modules that all runs share. */
  readonly shared?: readonly number[];
  /** Whether everything that the modules export is to be reached from outside. */
  readonly listsAll?: boolean;
}

/** Builds for browsers take `self` for granted. Code that looks first whether it exists does without. */
const NEEDS_SELF = /(?<![\w$.])self\b(?!\s*[:=(])/;
const CHECKS_SELF = /typeof self\b|\b(?:let|const|class|function)\s+self\b|[,{]\s*self\s*[,=}]/;

/** A file that holds workflows and starts their worker names itself by them, at the latest when it is loaded. */
const NEEDS_PLACE = /(?<![\w$.])__(?:file|dir)name\b/;
const DECLARES_PLACE = /\b(?:let|const|var|class|function)\s+__(?:file|dir)name\b/;

const MODULES = '((__c,__t,__r,__w,__p,__objt)=>[';

interface LinkedModule {
  readonly code: string;
  readonly edits: readonly Edit[];
}

export function linkModules(modules: readonly GraphModule[], options: LinkOptions): LinkedScript {
  const specials = new SpecialModules();
  const graph = { modules, specialIndex: (dependency: WholeDependency) => specials.indexOf(dependency) };
  const linking: EsmLinking = { graph, slots: new ExportSlots(graph) };
  const linked = modules.map((module) => linkedModule(module, linking));
  const asked = options.listsAll === true ? modules.map(({ id }) => id) : options.entries;
  for (const id of [...asked, ...requiredIds(modules)]) linking.slots.needNamespace(id);
  const tables = linking.slots.tables();
  const globals = runGlobals(modules);
  const lines: string[] = [LOADER, MODULES];
  const moduleLines: number[] = [];
  const moduleEdits: Edit[][] = [];
  let line = lineCount(LOADER) + 1;
  for (const [index, module] of modules.entries()) {
    const isEsm = module.compiled.shape !== undefined;
    const { code: text, edits: changes } = linked[index] ?? { code: '', edits: [] };
    const head = isEsm ? [{ at: 0, text: esmHead(module, linking) }] : [];
    const edits = [...head, ...changes, ...(globals.edits.get(module.id) ?? [])];
    const code = applyEdits(text, edits);
    moduleEdits.push(edits);
    lines.push(opening(module), code, '},');
    moduleLines.push(line + 1);
    line += 2 + lineCount(code);
  }
  const shared = (options.shared ?? []).join(',');
  lines.push(
    ']),',
    `[${specials.sources().join(',')}],`,
    `new Set([${shared}]),`,
    `[${tables.join(',')}],`,
    `${JSON.stringify(globals.copied)})`,
  );
  return { code: lines.join('\n'), moduleLines, moduleEdits };
}

function opening({ compiled: { shape, code }, resolved }: GraphModule): string {
  const self = code.includes('self') && NEEDS_SELF.test(code) && !CHECKS_SELF.test(code) ? ',self' : '';
  const head =
    shape === undefined
      ? `function(${COMMONJS_PARAMETERS}${self}){`
      : `function(${ESM_PARAMETERS}${self}){"use strict";`;
  return `${head}${ownPlace(code, resolved.file)}`;
}

/** Like `import.meta.url`, they say the name of the file and nothing of where it lies on this machine. */
function ownPlace(code: string, file: string): string {
  if (!NEEDS_PLACE.test(code) || DECLARES_PLACE.test(code)) return '';
  return `const __filename=${JSON.stringify(`/${basename(file)}`)},__dirname="/";`;
}

/** The ES modules that CommonJS modules require. */
function requiredIds(modules: readonly GraphModule[]): number[] {
  return modules.flatMap(({ compiled, dependencies }) =>
    compiled.shape !== undefined
      ? []
      : [...dependencies.values()].flatMap((dependency) => (dependency.kind === 'module' ? [dependency.id] : [])),
  );
}

/** The text of a module, and the edits that make it what it is in the script. */
function linkedModule(module: GraphModule, linking: EsmLinking): LinkedModule {
  const { compiled, dependencies } = module;
  if (compiled.shape !== undefined)
    return { code: compiled.code, edits: [...compiled.edits, ...esmEdits(module, compiled.shape, linking)] };
  const parts: string[] = [];
  let from = 0;
  for (const { specifier, start, end } of compiled.requires) {
    const dependency = dependencies.get(specifier);
    if (dependency === undefined || dependency.kind === 'traced') continue;
    parts.push(compiled.code.slice(from, start), callOf(dependency, compiled, linking).padEnd(end - start));
    from = end;
  }
  parts.push(compiled.code.slice(from));
  return { code: parts.join(''), edits: compiled.edits };
}

function callOf(dependency: WholeDependency, importer: CompiledModule, { graph }: EsmLinking): string {
  if (dependency.kind !== 'module') return `__q(${~graph.specialIndex(dependency)})`;
  const kind = graph.modules[dependency.id]?.compiled.kind;
  const asNodeSeesIt = importer.kind === 'node-esm' && (kind === 'commonjs' || kind === 'json');
  return `${asNodeSeesIt ? '__n' : '__q'}(${dependency.id})`;
}

/** The modules that are none of the bundle's own, by the source of what gives them. */
class SpecialModules {
  readonly #indexes = new Map<string, number>();

  indexOf(dependency: WholeDependency): number {
    const source = specialSource(dependency);
    const index = this.#indexes.get(source) ?? this.#indexes.size;
    this.#indexes.set(source, index);
    return index;
  }

  sources(): string[] {
    return [...this.#indexes.keys()];
  }
}

/** Types as `emitDecoratorMetadata` has them, for a library that adds `Reflect.metadata` to the globals of a run. */
const METADATA_HELPER = 'helper:_ts_metadata';
const METADATA =
  '(p,g)=>({_:(key,value)=>{const make=g.Reflect.metadata;return typeof make==="function"?make(key,value):undefined}})';

function specialSource(dependency: WholeDependency): string {
  if (dependency.kind === 'provided' && dependency.name === METADATA_HELPER) return METADATA;
  if (dependency.kind === 'provided') return `(p)=>p.provided(${JSON.stringify(dependency.name)})`;
  if (dependency.kind === 'absent') return `(p)=>p.absent(${JSON.stringify(dependency.specifier)})`;
  const global = dependency.kind === 'ignored' ? dependency.global : undefined;
  return global === undefined ? '()=>({})' : `(p,g)=>g[${JSON.stringify(global)}]??{}`;
}

function lineCount(code: string): number {
  let count = 1;
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) count++;
  return count;
}
