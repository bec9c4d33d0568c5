/**
 * Names that modules set on the global object. In a context that runs share, each run has a global object of its own over a
 * frozen one, so a bare name would not find what was set: it is read from the global object of the run instead.
 */
import type { CompiledModule } from './compile-module.ts';
import type { Edit } from './edits.ts';
import { editOfReference } from './esm-shape.ts';
import type { GraphModule } from './module-graph.ts';
import { moduleReferences, type Reference } from './module-references.ts';
import { tokenReferences } from './scan/token-references.ts';
import { tokensOf } from './scan/tokens.ts';
import { parseModule, parseScript } from './syntax-tree.ts';

/** Libraries that add to a builtin object, of which each run has its own then. */
const ADDS_TO: Readonly<Record<string, string>> = { 'reflect-metadata': 'Reflect' };

const USES_METADATA = /\bReflect\s*\.\s*\w*[mM]etadata\b/;

/** The packages that have to be evaluated for each run, since they add to what each run has of its own, or use it. */
export function packagesOfRuns(modules: readonly GraphModule[]): Set<string> {
  const names = modules.flatMap(({ resolved }) => resolved.packageName ?? []);
  const adding = names.filter((name) => Object.hasOwn(ADDS_TO, name));
  if (adding.length === 0) return new Set();
  const using = modules.filter(({ compiled }) => USES_METADATA.test(compiled.code));
  return new Set([...adding, ...using.flatMap(({ resolved }) => resolved.packageName ?? [])]);
}

const NAMED = String.raw`\b(?:globalThis|self)\s*(?:\.\s*([\w$]+)|\[\s*["']([\w$]+)["']\s*\])`;
const SET = new RegExp(String.raw`${NAMED}\s*(?:\?\?|\|\||&&)?=(?![=>])`, 'g');
const DEFINED = /\bObject\.defineProperty\(\s*(?:globalThis|self)\s*,\s*["']([\w$]+)["']/g;
const ASSIGNED = /\bObject\.assign\(\s*(?:globalThis|self)\s*,\s*\{([^{}]*)\}/g;

export interface RunGlobals {
  /** Builtin objects of which each run gets a copy of its own. */
  readonly copied: readonly string[];
  /** By module id: what makes the module read its run's globals. */
  readonly edits: ReadonlyMap<number, readonly Edit[]>;
}

export function runGlobals(modules: readonly GraphModule[]): RunGlobals {
  const copied = new Set(modules.flatMap(({ resolved }) => ADDS_TO[resolved.packageName ?? ''] ?? []));
  const names = new Set([...copied, ...modules.flatMap(({ compiled }) => namesSet(compiled))]);
  const edits = new Map<number, readonly Edit[]>();
  if (names.size === 0) return { copied: [], edits };
  const mention = new RegExp(
    String.raw`(?<![\w$.])(?:${[...names].join('|').replaceAll('$', String.raw`\$`)})(?![\w$])`,
  );
  for (const { id, compiled } of modules) {
    if (mention.test(compiled.code)) edits.set(id, bareReads(compiled, names));
  }
  return { copied: [...copied], edits };
}

function namesSet(compiled: CompiledModule): string[] {
  const { code } = compiled;
  if (!code.includes('globalThis') && !code.includes('self')) return [];
  const isGlobal = globalTest(compiled);
  const named = [...code.matchAll(SET), ...code.matchAll(DEFINED)];
  const listed = [...code.matchAll(ASSIGNED)].filter(isGlobal);
  return [
    ...named.filter(isGlobal).flatMap(([, a, b]) => a ?? b ?? []),
    ...listed.flatMap(([, list = '']) => list.match(/[\w$]+(?=\s*(?:[:,]|$))/g) ?? []),
  ];
}

/** Whether something is set on the global object: `self` may be a name of the module's own, as well. */
function globalTest(compiled: CompiledModule): (found: RegExpExecArray) => boolean {
  let free: ReadonlySet<number> | undefined;
  return ({ 0: text, index }) => {
    const within = text.search(/\bself\b/);
    if (within === -1 || text.includes('globalThis')) return true;
    free ??= new Set(freeReferences(compiled, new Set(['self'])).map(({ start }) => start));
    return free.has(index + within);
  };
}

function bareReads(compiled: CompiledModule, names: ReadonlySet<string>): Edit[] {
  return freeReferences(compiled, names).map((reference) => editOfReference(reference, `globalThis.${reference.name}`));
}

/** The references to names that a module does not declare itself. */
function freeReferences({ code, shape }: CompiledModule, names: ReadonlySet<string>): Reference[] {
  const tokens = shape && tokensOf(code);
  const told = tokens && tokenReferences(tokens, names, () => false);
  if (told !== undefined) return told;
  const { references, declared } = moduleReferences(shape === undefined ? parseScript(code) : parseModule(code), names);
  return references.filter(({ name }) => !declared.has(name));
}
