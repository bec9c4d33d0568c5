/**
 * Puts the modules of a graph into one script. Its value is a function of what the runtime provides; that function gives
 * `instantiate(globals)`, which makes a fresh set of modules and evaluates none of them until they are asked for.
 *
 * Every `require("x")` becomes a call of the same length, `$(12)`, so that positions within a module stay as they are.
 */
import type { CompiledModule } from './compile-module.ts';
import type { Dependency, GraphModule } from './module-graph.ts';

export interface LinkedScript {
  code: string;
  /** The line of the script, from 0, on which each module begins, by module id. */
  moduleLines: number[];
}

/**
 * `$` evaluates a module once per instance. Provided modules and the ones that are left out have negative numbers.
 * A module that throws is forgotten, as Node does, so that the error comes again.
 */
const LOADER = `
const $require=(name)=>{throw Object.assign(new Error("Cannot require '"+name+"': workflow code is bundled, so a module must be named by a literal."),{code:'MODULE_NOT_FOUND'})};
const instantiate=(globalThis)=>{
const I=[];
const $=(id)=>{
if(id<0)return P[~id]();
const m=I[id];
if(m!==undefined)return m.exports;
const made=I[id]={exports:{}};
try{D[id].call(made.exports,made,made.exports,$,globalThis,$require)}catch(e){I[id]=undefined;throw e}
return made.exports};
return $};
return instantiate;
`.trim();

const PROLOGUE = '((p)=>{const __c=p.capture,__t=p.set,__r=p.resume,__w=p.guard,__p=p.executor;';

export function linkModules(modules: readonly GraphModule[]): LinkedScript {
  const specials = new Map<string, number>();
  const lines: string[] = [PROLOGUE, 'const D=['];
  const moduleLines: number[] = [];
  let line = 2;
  for (const module of modules) {
    const code = linkedCode(module, specials);
    lines.push('function(module,exports,$,globalThis,require){', code, '},');
    moduleLines.push(line + 1);
    line += 2 + lineCount(code);
  }
  lines.push('];', `const P=[${[...specials.keys()].join(',')}];`, LOADER, '})');
  return { code: lines.join('\n'), moduleLines };
}

function linkedCode(module: GraphModule, specials: Map<string, number>): string {
  const { compiled, dependencies } = module;
  const parts: string[] = [];
  let from = 0;
  for (const { specifier, start, end } of [...compiled.requires].sort((a, b) => a.start - b.start)) {
    const dependency = dependencies.get(specifier);
    if (dependency === undefined) continue;
    parts.push(compiled.code.slice(from, start), callOf(dependency, specials).padEnd(end - start));
    from = end;
  }
  parts.push(compiled.code.slice(from));
  return closed(parts.join(''), compiled);
}

/** A comment at the very end must not swallow the closing brace, which is on the next line; block comments are closed. */
function closed(code: string, compiled: CompiledModule): string {
  return compiled.kind === 'commonjs' ? code.replace(/\/\/[#@] sourceMappingURL=.*$/gm, (comment) => ' '.repeat(comment.length)) : code;
}

function callOf(dependency: Dependency, specials: Map<string, number>): string {
  if (dependency.kind === 'module') return `$(${dependency.id})`;
  const source = specialSource(dependency);
  let index = specials.get(source);
  if (index === undefined) specials.set(source, (index = specials.size));
  return `$(${~index})`;
}

function specialSource(dependency: Exclude<Dependency, { kind: 'module' }>): string {
  if (dependency.kind === 'provided') return `()=>p.provided(${JSON.stringify(dependency.name)})`;
  if (dependency.kind === 'ignored') return '()=>({})';
  return `()=>p.absent(${JSON.stringify(dependency.specifier)})`;
}

function lineCount(code: string): number {
  let count = 1;
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) count++;
  return count;
}
