import { builtinModules } from 'node:module';

const BUILTINS = new Set(builtinModules.map((name) => name.replace(/^node:/, '')));

/** Builtins of Node of which the isolate has a deterministic version. */
export const allowedBuiltinModules: readonly string[] = ['assert', 'url', 'util'];

/** Builtins of Node that workflow code cannot use. */
export const disallowedBuiltinModules: readonly string[] = builtinModules.filter(
  (name) => !allowedBuiltinModules.includes(name),
);

const OUTSIDE = ['activity', 'client', 'worker', 'testing', 'core-bridge', 'server-lite'];
const OUTSIDE_PACKAGE = new RegExp(`^@(?:reprise|temporalio)/(${OUTSIDE.join('|')})(?:/|$)`);
const OUTSIDE_FILES = ['client', 'worker'].flatMap((file) =>
  ['', '-v2'].map((version) => `interceptors-opentelemetry${version}/lib/${file}`),
);
const INTERNAL = 'common/lib/internal-non-workflow';
const OUTSIDE_FILE = new RegExp(`^@temporalio/(?:${[...OUTSIDE_FILES, INTERNAL].join('|')})(?:/|$)`);

/** What workflow code cannot import, with all that is in it. */
export const disallowedModules: readonly string[] = [
  ...disallowedBuiltinModules,
  ...[...OUTSIDE, INTERNAL, ...OUTSIDE_FILES].map((name) => `@reprise/${name}`),
];

/** Whether a module is one of these, or a file of one. */
export function moduleMatches(module: string, modules: readonly string[]): boolean {
  return modules.some((name) => module === name || module.startsWith(`${name}/`));
}

/** Which way a specifier that is no ordinary module goes. */
export type SpecialModule = { kind: 'provided'; name: string } | { kind: 'forbidden'; remedy: string };

/** `assert`, `node:util`... as the isolate provides them, or why the module cannot be used in workflow code. */
export function specialModule(specifier: string): SpecialModule | undefined {
  const bare = specifier.replace(/^node:/, '');
  if (allowedBuiltinModules.includes(bare)) return { kind: 'provided', name: bare };
  if (specifier.startsWith('node:') || BUILTINS.has(bare)) return { kind: 'forbidden', remedy: builtinRemedy(bare) };
  const outside = OUTSIDE_PACKAGE.exec(specifier);
  if (outside) return { kind: 'forbidden', remedy: packageRemedy(specifier, outside[1] ?? '') };
  if (OUTSIDE_FILE.test(specifier)) return { kind: 'forbidden', remedy: packageRemedy(specifier, '') };
  return undefined;
}

const INSTEAD: Readonly<Record<string, string>> = {
  crypto: 'use uuid4() of the workflow package, or the global crypto.randomUUID() and crypto.getRandomValues()',
  timers: 'use sleep() of the workflow package, or the global setTimeout()',
  'timers/promises': 'use sleep() of the workflow package',
  events: 'pass callbacks, or use signals and condition() of the workflow package',
  async_hooks: 'use the global AsyncLocalStorage',
  buffer: 'use Uint8Array, TextEncoder and TextDecoder',
  perf_hooks: 'use Date.now(), which is workflow time',
  process: 'pass what is needed as a workflow argument',
};

function builtinRemedy(name: string): string {
  const instead = INSTEAD[name] ?? 'do this work in an activity';
  return `It is a builtin module of Node, which has no deterministic form: ${instead}.`;
}

function packageRemedy(specifier: string, name: string): string {
  const typeOnly = 'if only types are needed, write `import type`';
  if (name === 'activity')
    return `Activities run outside of workflow code: ${typeOnly}, and call them through proxyActivities().`;
  return `The package works outside of workflow code only: ${typeOnly}; else move what uses ${specifier} to an activity.`;
}
