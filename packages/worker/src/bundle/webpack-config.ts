/**
 * Lets code that was written for a bundler with a webpack configuration go on changing it: what it changes of the ways in
 * which modules are found is honoured, and everything else that it changes is refused.
 */

import { definitionsOf, type Definitions } from './definitions.ts';

/** What is honoured of a webpack configuration; the rest is there to be looked at. */
export interface WebpackConfig {
  /** What `process.env.NODE_ENV` is. */
  mode?: 'production' | 'development' | 'none';
  resolve?: {
    /** Other specifiers or files by specifier; `false` stands for an empty module, a `$` at the end for no subpaths. */
    alias?: WebpackAlias;
    /** The same for what is not found otherwise, builtin modules of Node included. */
    fallback?: WebpackAlias;
    extensions?: string[];
    extensionAlias?: Record<string, string | string[]>;
    conditionNames?: string[];
    /** Where packages are: names of folders beside or above the importing file, or folders. Default: `node_modules`. */
    modules?: string[];
    /** Plugins that apply the paths of tsconfig.json are taken: these paths are applied anyway. */
    plugins?: unknown[];
  };
  /**
   * Modules that are left out: names, patterns, lists of these, functions that name what they leave out, or objects that
   * name the global variable that stands for each. With externals of its own, builtin modules of Node are left out too.
   */
  externals?: unknown;
  /** Rules that only have TypeScript compiled are taken: it is compiled anyway. */
  module?: { rules?: unknown[] };
  /** `DefinePlugin` is taken for what it defines. */
  plugins?: unknown[];
}

export type WebpackAlias =
  | Record<string, string | false | string[]>
  | { name: string; alias: string | false | string[]; onlyModule?: boolean }[];

/** How modules are found. */
export interface ResolveSettings {
  readonly mode: 'production' | 'development';
  readonly conditions: readonly string[];
  readonly extensions: readonly string[];
  readonly extensionAlias: Readonly<Record<string, readonly string[]>>;
  /** Names of folders, and folders, in which packages are looked for. */
  readonly modules: readonly string[];
  readonly definitions: Definitions;
  /** By specifier; `null` for an empty module. */
  readonly alias: Readonly<Record<string, readonly (string | null)[]>>;
  readonly fallback: Readonly<Record<string, readonly (string | null)[]>>;
  /** What stands for a module that is left out; undefined for one that is not. */
  readonly externalOf: (specifier: string, folder: string) => External | undefined;
  /** Whether what cannot be bundled is left out instead of being refused, as in webpack when a hook sets its own externals. */
  readonly leavesOutTheRest: boolean;
}

/** A module that is left out: the value of a global variable, or an empty module. */
export interface External {
  readonly global?: string;
}

/** What webpack does without changing what is bundled. */
const OF_WEBPACK_ITSELF = new Set(['cache', 'infrastructureLogging', 'parallelism', 'performance', 'profile', 'stats']);
const HONOURED =
  'mode, externals and resolve.alias, fallback, extensions, extensionAlias, conditionNames and modules, and DefinePlugin';

type Loose = Record<string, unknown>;

/** Calls the hook, and gives what it wants changed. Throws a TypeError for what cannot be done. */
export function hookedSettings(
  hook: (config: WebpackConfig) => unknown,
  given: ResolveSettings,
  workflowsPath: string,
): ResolveSettings {
  const before = configOf(given, workflowsPath);
  const changed = hook(configOf(given, workflowsPath));
  if (typeof changed !== 'object' || changed === null)
    throw new TypeError('webpackConfigHook must return a configuration: the one that it was given, or another');
  if (changed instanceof Promise) throw new TypeError('webpackConfigHook must return a configuration, not a promise');
  const config = changed as WebpackConfig & Loose;
  refuseMode(config.mode);
  const rules = config.module?.rules ?? [];
  const definitions = (config.plugins ?? []).map(definitionsOf);
  const others: Loose = { ...config };
  if (rules.every(compilesTypeScript)) others['module'] = before['module'];
  if (definitions.every((defined) => defined !== undefined)) others['plugins'] = before['plugins'];
  refuseOthers(others, before, { prefix: '', honoured: new Set(['mode', 'resolve', 'externals']) });
  const resolve: Loose = { ...config.resolve };
  const plugins = Array.isArray(resolve['plugins']) ? (resolve['plugins'] as unknown[]) : [];
  if (plugins.every(appliesPaths)) resolve['plugins'] = [];
  const keys = ['alias', 'fallback', 'extensions', 'extensionAlias', 'conditionNames', 'modules'];
  refuseOthers(resolve, before['resolve'] as Loose, { prefix: 'resolve.', honoured: new Set(keys) });
  const { alias, fallback, extensions, extensionAlias, conditionNames, modules } = config.resolve ?? {};
  return {
    mode: config.mode === undefined || config.mode === 'none' ? given.mode : config.mode,
    conditions: withDefaults(conditionNames, given.conditions),
    extensions: withDefaults(extensions, given.extensions),
    extensionAlias: Object.fromEntries(
      Object.entries(extensionAlias ?? {}).map(([extension, list]) => [extension, [list].flat()]),
    ),
    modules: withDefaults(modules, given.modules),
    definitions: Object.assign({}, ...definitions) as Definitions,
    alias: aliasOf('resolve.alias', alias),
    fallback: aliasOf('resolve.fallback', fallback),
    externalOf: externalsOf(config.externals),
    leavesOutTheRest: [config.externals ?? []].flat().length > 0,
  };
}

function configOf(settings: ResolveSettings, workflowsPath: string): WebpackConfig & Loose {
  const { mode, conditions, extensions, extensionAlias, modules } = settings;
  return {
    mode,
    entry: [workflowsPath],
    devtool: 'inline-source-map',
    resolve: {
      alias: {},
      fallback: {},
      extensions: [...extensions],
      extensionAlias: Object.fromEntries(Object.entries(extensionAlias).map(([key, list]) => [key, [...list]])),
      conditionNames: [...conditions],
      modules: [...modules],
      plugins: [],
    },
    externals: [],
    module: { rules: [] },
    plugins: [],
    optimization: { minimize: false },
  };
}

const MODES: readonly unknown[] = ['production', 'development', 'none', undefined];

/** By the name and in the words of webpack's own error. */
function refuseMode(mode: unknown): void {
  if (MODES.includes(mode)) return;
  const message = `Invalid configuration object. webpackConfigHook gave mode ${JSON.stringify(mode)}, expected 'production', 'development' or 'none'`;
  throw Object.assign(new TypeError(message), { name: 'ValidationError' });
}

function refuseOthers(
  changed: Loose,
  before: Loose,
  { prefix, honoured }: { prefix: string; honoured: Set<string> },
): void {
  const { isDeepStrictEqual } = process.getBuiltinModule('node:util');
  for (const key of new Set([...Object.keys(changed), ...Object.keys(before)])) {
    if (honoured.has(key) || (prefix === '' && OF_WEBPACK_ITSELF.has(key))) continue;
    if (isDeepStrictEqual(changed[key], before[key])) continue;
    throw new TypeError(
      `webpackConfigHook changes ${prefix}${key}, which has no counterpart: workflows are bundled without webpack, and TypeScript is compiled without loaders. Honoured are ${HONOURED}.`,
    );
  }
}

function appliesPaths(plugin: unknown): boolean {
  return typeof plugin === 'object' && plugin !== null && /^Ts[cC]onfigPathsPlugin$/.test(plugin.constructor.name);
}

const LOADER = /(?:^|[/\\])(ts|swc|esbuild|babel)-loader(?:[/\\]|$)/;
/** Options of such loaders that do not change what the code does. */
const HARMLESS = new Set(['transpileOnly', 'onlyCompileBundledFiles', 'happyPackMode', 'cacheDirectory', 'sourceMap']);

/** A rule for files of TypeScript that has them compiled and does nothing else with them. */
function compilesTypeScript(rule: unknown): boolean {
  if (typeof rule !== 'object' || rule === null) return false;
  const { test, use, loader, options, ...rest } = rule as Loose;
  if (!(test instanceof RegExp) || !test.test('workflows.ts') || test.test('workflows.json')) return false;
  if (Object.keys(rest).some((key) => key !== 'exclude' && key !== 'include')) return false;
  const loaders = [use ?? (options === undefined ? loader : { loader, options })].flat();
  return loaders.length > 0 && loaders.every(compiles);
}

function compiles(use: unknown): boolean {
  const { loader, options, ...rest } = (typeof use === 'string' ? { loader: use } : (use ?? {})) as Loose;
  if (typeof loader !== 'string' || !LOADER.test(loader) || Object.keys(rest).length > 0) return false;
  return Object.keys(options ?? {}).every((key) => HARMLESS.has(key));
}

/** `...` in a list stands for what it would be without. */
function withDefaults(list: readonly string[] | undefined, defaults: readonly string[]): readonly string[] {
  return list === undefined ? defaults : list.flatMap((item) => (item === '...' ? defaults : [item]));
}

function aliasOf(option: string, alias: WebpackAlias | undefined): Record<string, (string | null)[]> {
  const entries: [string, unknown][] = Array.isArray(alias)
    ? alias.map(({ name, alias: target, onlyModule }) => [onlyModule === true ? `${name}$` : name, target])
    : Object.entries(alias ?? {});
  return Object.fromEntries(
    entries.map(([name, target]) => {
      const targets = [target].flat().map((item) => (item === false ? null : item));
      if (!targets.every((item) => item === null || typeof item === 'string'))
        throw new TypeError(`webpackConfigHook: ${option} of '${name}' must be a specifier, a list of them, or false`);
      return [name, targets];
    }),
  );
}

type ExternalOf = ResolveSettings['externalOf'];

const EMPTY: External = {};
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * In workflow code nothing can come from outside, so an external module is one that is left out: the global variable that
 * an object names for it, where workflow code or an interceptor sets one, else an empty module.
 */
function externalsOf(externals: unknown): ExternalOf {
  const leftOutIf = (isLeftOut: boolean): External | undefined => (isLeftOut ? EMPTY : undefined);
  if (externals === undefined) return () => undefined;
  if (typeof externals === 'string') return (specifier) => leftOutIf(specifier === externals);
  if (externals instanceof RegExp) return (specifier) => leftOutIf(specifier.search(externals) !== -1);
  if (Array.isArray(externals)) {
    const parts = externals.map(externalsOf);
    return (specifier, folder) =>
      parts.map((externalOf) => externalOf(specifier, folder)).find((found) => found !== undefined);
  }
  if (typeof externals === 'function') {
    const decide = externals as (data: object, callback: (error?: unknown, external?: unknown) => void) => unknown;
    return (specifier, folder) => leftOutIf(decided(decide, specifier, folder));
  }
  if (typeof externals === 'object' && externals !== null) {
    const named = new Map(Object.entries(externals).filter(([, value]) => value !== false));
    return (specifier) => (named.has(specifier) ? externalNamed(named.get(specifier)) : undefined);
  }
  throw new TypeError('webpackConfigHook: externals must be names, patterns or functions');
}

function externalNamed(value: unknown): External {
  return typeof value === 'string' && IDENTIFIER.test(value) ? { global: value } : EMPTY;
}

function decided(
  decide: (data: object, callback: (error?: unknown, external?: unknown) => void) => unknown,
  specifier: string,
  folder: string,
): boolean {
  const answers: { error: unknown; external: unknown }[] = [];
  const returned = decide({ request: specifier, context: folder, contextInfo: { issuer: '' } }, (error, external) =>
    answers.push({ error, external }),
  );
  const [answer] = answers;
  if (answer === undefined && returned instanceof Promise)
    throw new TypeError('webpackConfigHook: functions in externals must answer at once, not by a promise');
  if (answer?.error instanceof Error) throw answer.error;
  const external = answer === undefined ? returned : answer.external;
  return external !== undefined && external !== false && external !== null;
}
