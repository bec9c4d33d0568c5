/**
 * Puts the modules of a graph into one script. Its value is a function of what the runtime provides; that function gives
 * `instantiate(globals)`, which makes a fresh set of modules and evaluates none of them until they are asked for.
 *
 * All runs of a context share the functions that hold the modules. So these are frozen, have no prototype, and see of the
 * script around them only the names that compiled code uses.
 *
 * Every `require("x")` becomes a call of the same length, `__q(12)`, so that positions within a module stay as they are.
 */
import type { CompiledModule } from './compile-module.ts';
import { applyEdits, type Edit } from './edits.ts';
import type { ImportRead } from './import-sites.ts';
import type { Dependency, GraphModule } from './module-graph.ts';

export interface LinkedScript {
  code: string;
  /** The line of the script, from 0, on which each module begins, by module id. */
  moduleLines: number[];
  /** What was changed in each module since the compiler wrote it, by module id. */
  moduleEdits: Edit[][];
}

/**
 * `__q` evaluates a module once per instance. Provided modules and the ones that are left out have negative numbers. A
 * module that throws is forgotten, as Node does, so that the error comes again. `__n` is what Node's own ES modules see of
 * a CommonJS module: its exports are the default, whatever they say of themselves. Modules of `S` have one instance for
 * all runs; the runtime sees to it that they are evaluated outside of any run, and freezes them.
 */
const LOADER = `
((M,P,S)=>(p)=>{
const D=M(p.capture,p.set,p.resume,p.guard,p.executor,Object);
for(const f of D){f.prototype=undefined;Object.freeze(f)}
const $require=Object.freeze((name)=>{throw Object.assign(new Error("Cannot require '"+name+"': workflow code is bundled, so a module must be named by a literal."),{code:'MODULE_NOT_FOUND'})});
const instantiate=(globalThis,inShared)=>{
const I=[],N=[];
const q=(id)=>{
if(id<0)return P[~id](p);
if(S.has(id)&&p.sharing&&!inShared)return shared(id);
const m=I[id];
if(m!==undefined)return m.exports;
const made=I[id]={exports:{}};
try{D[id].call(made.exports,made,made.exports,q,n,globalThis,$require,globalThis)}catch(e){I[id]=undefined;throw e}
return made.exports};
const n=(id)=>{
if(N[id]!==undefined)return N[id];
const e=q(id),s=N[id]={default:e};
Object.defineProperty(s,'__esModule',{value:true});
if(e!==null&&(typeof e==='object'||typeof e==='function'))for(const k of Object.keys(e))if(k!=='default'&&k!=='__esModule')Object.defineProperty(s,k,{enumerable:true,get:()=>e[k]});
return s};
q.exports=()=>I.flatMap((m)=>m===undefined?[]:[m.exports]);
return q};
let sharedQ;
const shared=(id)=>p.shared(()=>sharedQ??=instantiate(p.sharedGlobal(),true),id);
return instantiate;
})(
`.trim();

/** Builds for browsers take `self` for granted. Code that looks first whether it exists does without. */
const NEEDS_SELF = /(?<![\w$.])self\b(?!\s*[:=(])/;
const CHECKS_SELF = /typeof self\b|\b(?:let|const|class|function)\s+self\b|[,{]\s*self\s*[,=}]/;

const MODULES = '((__c,__t,__r,__w,__p,__objt)=>[';

export function linkModules(modules: readonly GraphModule[], shared: readonly number[] = []): LinkedScript {
  const specials = new Map<string, number>();
  const lines: string[] = [LOADER, MODULES];
  const moduleLines: number[] = [];
  const moduleEdits: Edit[][] = [];
  let line = lineCount(LOADER) + 1;
  for (const module of modules) {
    const { code, edits } = linkedModule(module, { modules, specials });
    moduleEdits.push(edits);
    lines.push(
      `function(module,exports,__q,__n,globalThis,require${NEEDS_SELF.test(code) && !CHECKS_SELF.test(code) ? ',self' : ''}){`,
      code,
      '},',
    );
    moduleLines.push(line + 1);
    line += 2 + lineCount(code);
  }
  lines.push(']),', `[${[...specials.keys()].join(',')}],`, `new Set([${shared.join(',')}]))`);
  return { code: lines.join('\n'), moduleLines, moduleEdits };
}

interface Linking {
  readonly modules: readonly GraphModule[];
  /** Source of each special module's getter, in the order of their numbers. */
  readonly specials: Map<string, number>;
}

/** The text of a module in the script, and all that was changed since the compiler wrote it. */
function linkedModule(module: GraphModule, linking: Linking): { code: string; edits: Edit[] } {
  const { compiled, dependencies } = module;
  const parts: string[] = [];
  const edits: Edit[] = [...compiled.edits];
  let from = 0;
  const overwrite = (start: number, end: number, text: string): void => {
    parts.push(compiled.code.slice(from, start), text.padEnd(end - start));
    from = end;
  };
  for (const { specifier, start, end } of compiled.requires) {
    const dependency = dependencies.get(specifier);
    if (dependency === undefined) continue;
    if (dependency.kind !== 'traced') overwrite(start, end, callOf(dependency, compiled, linking));
    else {
      const site = compiled.imports.find((candidate) => candidate.start <= start && candidate.end >= end);
      if (site !== undefined) overwrite(site.start, site.end, '0');
      edits.push(...(site?.reads ?? []).flatMap((read) => editOfRead(read, dependency.reads)));
    }
  }
  parts.push(compiled.code.slice(from));
  return { code: applyEdits(parts.join(''), edits), edits };
}

function editOfRead(
  { start, end, name }: ImportRead,
  sources: ReadonlyMap<string, { id: number; name: string }>,
): Edit[] {
  const source = sources.get(name);
  if (source === undefined) return [];
  const property = source.name === '*' ? '' : `.${source.name}`;
  return [{ at: start, removed: end - start, text: `(__q(${source.id})${property})` }];
}

type Called = Exclude<Dependency, { kind: 'traced' }>;

function callOf(dependency: Called, importer: CompiledModule, { modules, specials }: Linking): string {
  if (dependency.kind === 'module') {
    const kind = modules[dependency.id]?.compiled.kind;
    const asNodeSeesIt = importer.kind === 'node-esm' && (kind === 'commonjs' || kind === 'json');
    return `${asNodeSeesIt ? '__n' : '__q'}(${dependency.id})`;
  }
  const source = specialSource(dependency);
  let index = specials.get(source);
  if (index === undefined) specials.set(source, (index = specials.size));
  return `__q(${~index})`;
}

function specialSource(dependency: Exclude<Called, { kind: 'module' }>): string {
  if (dependency.kind === 'provided') return `(p)=>p.provided(${JSON.stringify(dependency.name)})`;
  if (dependency.kind === 'ignored') return '()=>({})';
  return `(p)=>p.absent(${JSON.stringify(dependency.specifier)})`;
}

function lineCount(code: string): number {
  let count = 1;
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) count++;
  return count;
}
