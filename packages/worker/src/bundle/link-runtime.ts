/**
 * Links the workflow runtime itself. Its own async functions go through the scope pass too, so the names that the pass
 * binds lead to the runtime's scope slot, which is one of the modules being linked: they are bound late.
 */
import { CompileCache } from './compile-cache.ts';
import { linkModules } from './link.ts';
import { ModuleGraph } from './module-graph.ts';
import { ModuleResolver, resolveSettings } from './resolve.ts';

export interface LinkedRuntime {
  /** Evaluates to the exports of the entry. */
  code: string;
  files: string[];
}

const SCOPE_MODULE = /[/\\]scope[/\\]async-scope\.[jt]s$/;

export interface RuntimeSources {
  entry: string;
  helpers: string;
  /** The files that stand for the packages that the runtime is made of. */
  packages: Readonly<Record<string, string>>;
}

export function linkRuntime({ entry, helpers, packages }: RuntimeSources): LinkedRuntime {
  const alias = Object.fromEntries(Object.entries(packages).map(([name, file]) => [`${name}$`, [file]]));
  const graph = new ModuleGraph({
    resolver: new ModuleResolver({ ...resolveSettings('production'), alias }),
    cache: new CompileCache(),
    compile: () => ({ mode: 'production', definitions: {}, decorators: { legacy: false, emitMetadata: false } }),
    mapTemporalScope: false,
    leftOut: () => undefined,
    leavesOutTheRest: false,
    isReplaced: () => false,
    bundlesOwnPackages: true,
  });
  const entryId = graph.addEntry(entry);
  const helpersId = graph.addEntry(helpers);
  graph.walk();
  const scopeId = graph.modules.find(({ resolved }) => SCOPE_MODULE.test(resolved.file))?.id;
  if (scopeId === undefined) throw new Error(`The workflow runtime has no module ${String(SCOPE_MODULE)}`);
  const linked = linkModules(graph.modules, { entries: [entryId, helpersId, scopeId], listsAll: true }).code;
  const code = `(()=>{"use strict";let F,H;
const p={capture:()=>F.captureFrame(),set:(f)=>F.setFrame(f),resume:(f,v)=>F.restoreFrame(f,v),guard:(v)=>F.guardThenable(v),executor:(x)=>x,
provided:(name)=>H[name.slice(7)]};
const $=(${linked})(p)(globalThis);
H=$(${helpersId}).moduleHelpers(p);F=$(${scopeId});
const E=$(${entryId});
return {...E,prepare:(config,host)=>E.prepare(config,host,$.namespaces)}})()`;
  return { code, files: graph.modules.map(({ resolved }) => resolved.file) };
}
