import path from 'node:path';
import { Script } from 'node:vm';
import { checkOption, checkOptions, describeOption } from '@reprise/common';
import { WorkflowBundleError } from './bundle-error.ts';
import { CompileCache } from './compile-cache.ts';
import type { CompileOptions } from './compile-module.ts';
import type { BundleEntries } from './contract.ts';
import { decoratorOptions } from './decorator-options.ts';
import { moduleMatches } from './forbidden-modules.ts';
import { ModuleGraph } from './module-graph.ts';
import { withStandIns } from './outside-process.ts';
import { packagesOfRuns } from './run-globals.ts';
import { ModuleResolver, resolveSettings, type ResolvedFile } from './resolve.ts';
import { hookedSettings, type ResolveSettings, type WebpackConfig } from './webpack-config.ts';
import { WorkflowBundle } from './workflow-bundle.ts';

/** Receives one line for each bundle. */
export interface BundleLogger {
  info(message: string, meta?: Record<string, unknown>): void;
}

export interface BundleOptions {
  /** The module that exports the workflows: a file, or a folder with an index file. */
  workflowsPath: string;
  /** Modules that export `interceptors`, a factory of workflow interceptors. */
  workflowInterceptorModules?: readonly string[];
  /** A module that exports `payloadConverter`. */
  payloadConverterPath?: string;
  /** A module that exports `failureConverter`. */
  failureConverterPath?: string;
  /**
   * Specifiers that evaluate to an empty object instead of being bundled, those of packages with all their parts. Using them
   * at run time is on the user.
   */
  ignoreModules?: readonly string[];
  /**
   * For code that was written for a bundler with webpack: called with a configuration in its form, and gives the one to use.
   * What it changes of `mode`, `externals` (which are left out) and of `alias`, `fallback`, `extensions`, `extensionAlias`
   * and `conditionNames` of `resolve` is honoured, plugins that apply the paths of tsconfig.json are taken, since these are
   * applied anyway, and so is what only concerns webpack's own messages and caches. Any other change throws a TypeError.
   */
  webpackConfigHook?(config: WebpackConfig): WebpackConfig;
  /**
   * Changes the text of each module outside of `node_modules` before it is compiled, for tools that count what runs. It must
   * leave every statement on its line, or errors name wrong ones.
   */
  instrument?(text: string, file: string): string;
  /**
   * Packages, or files, that are evaluated once per isolate and shared by all runs, with all that they import. Saves what a
   * library costs per run. While they are evaluated the clock stands at zero and Math.random gives 0.5. State that they keep
   * is seen by all runs, so name only what keeps none that matters: schemas, date and collection functions, ...
   */
  preloadModules?: readonly string[];
  /** Let `@temporalio/workflow` and `@temporalio/common` mean ours. Default false in workers; replay always does. */
  mapTemporalScope?: boolean;
  /** What `process.env.NODE_ENV` is in workflow code. Default `production`. */
  mode?: 'production' | 'development';
  /** More conditions of package.json `exports`, preferred to the ones of the bundler. */
  conditions?: readonly string[];
  /** Where compiled modules are kept between processes. Default: in memory only. */
  cacheDir?: string;
  logger?: BundleLogger;
  /** Each may change the options, in this order. */
  plugins?: readonly BundlerPlugin[];
}

/** Changes what is bundled, and how. */
export interface BundlerPlugin {
  readonly name: string;
  /** Returns the options to use in place of `options`. */
  configureBundler?(options: BundleOptions): BundleOptions;
}

/**
 * Bundles workflow code for Worker.create({ workflowBundle }).
 *
 * Throws TypeError for options that are wrong, and a WorkflowBundleError that lists every module that is missing, cannot be used in workflow code or does not
 * compile, each with the chain of imports that leads to it.
 *
 * @example
 * const bundle = await bundleWorkflowCode({ workflowsPath: new URL('./workflows.ts', import.meta.url).pathname });
 * await writeFile('workflow-bundle.js', bundle.code);
 */
export async function bundleWorkflowCode(options: BundleOptions): Promise<WorkflowBundle> {
  return await Promise.resolve(bundleWorkflowCodeSync(options));
}

/** The same, synchronously. */
export function bundleWorkflowCodeSync(given: BundleOptions): WorkflowBundle {
  const begun = performance.now();
  checkOption('BundleOptions', given, 'object');
  const options = (given.plugins ?? []).reduce((so, plugin) => plugin.configureBundler?.(so) ?? so, given);
  checkBundleOptions(options);
  const unhooked = resolveSettings(options.mode ?? 'production', options.conditions);
  const settings =
    options.webpackConfigHook === undefined
      ? unhooked
      : hookedSettings((config) => options.webpackConfigHook?.(config), unhooked, options.workflowsPath);
  const { graph, bundle } = bundledWith(options, settings);
  options.logger?.info('Workflow bundle created', {
    size: sizeText(bundle.script.length),
    modules: graph.modules.length,
    tookMs: Math.round(performance.now() - begun),
  });
  return bundle;
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)}KB` : `${(bytes / 2 ** 20).toFixed(2)}MB`;
}

interface Bundled {
  readonly graph: ModuleGraph;
  readonly bundle: WorkflowBundle;
}

function bundledWith(options: BundleOptions, settings: ResolveSettings, parsesAll = false): Bundled {
  const { mode, definitions } = settings;
  const resolver = new ModuleResolver(settings);
  const graph = new ModuleGraph({
    resolver,
    cache: new CompileCache(options.cacheDir),
    compile: (file): CompileOptions => ({ mode, definitions, decorators: decoratorOptions(file), parsesAll }),
    mapTemporalScope: options.mapTemporalScope ?? false,
    leftOut: (specifier, folder) =>
      isNamed(options.ignoreModules ?? [], specifier) ? {} : settings.externalOf(specifier, folder),
    leavesOutTheRest: settings.leavesOutTheRest,
    isReplaced: (specifier) => isAliased(settings, specifier),
    instrument: (text, file) => {
      const reached = settings.leavesOutTheRest ? withStandIns(text) : text;
      return options.instrument === undefined || isOfPackage(file) ? reached : instrumented(options, reached, file);
    },
  });
  const entries = addEntries(graph, resolver, options);
  graph.walk();
  const bundle = WorkflowBundle.ofModules(
    graph.modules,
    entries,
    sharedModules(graph, resolver, options.preloadModules ?? []),
  );
  // Modules that were not parsed may have errors, which only a parser can tell.
  const isScanned = graph.modules.some(({ compiled }) => compiled.isScanned);
  return isScanned && !isScript(bundle.script) ? bundledWith(options, settings, true) : { graph, bundle };
}

function isScript(code: string): boolean {
  try {
    new Script(code);
    return true;
  } catch {
    return false;
  }
}

function checkBundleOptions(options: BundleOptions): void {
  checkOptions('BundleOptions', options, {
    workflowInterceptorModules: 'array',
    payloadConverterPath: 'string',
    failureConverterPath: 'string',
    ignoreModules: 'array',
    preloadModules: 'array',
    webpackConfigHook: 'function',
    instrument: 'function',
    cacheDir: 'string',
    logger: 'object',
  });
  const { ignoreModules = [], preloadModules = [] } = options;
  const both = [...new Set(preloadModules)].filter((name) => isNamed(ignoreModules, name));
  if (both.length > 0) {
    const names = both.map((name) => `'${name}'`).join(', ');
    throw new TypeError(`Cannot preload modules that are also ignored: ${names}`);
  }
  const { workflowsPath }: { workflowsPath?: unknown } = options;
  if (typeof workflowsPath === 'string' && workflowsPath !== '') return;
  throw new TypeError(
    `BundleOptions.workflowsPath must be the path of the module that exports the workflows, got ${describeOption(workflowsPath)}`,
  );
}

function isOfPackage(file: string): boolean {
  return file.split(path.sep).includes('node_modules');
}

function instrumented(options: BundleOptions, text: string, file: string): string {
  const changed: unknown = options.instrument?.(text, file);
  if (typeof changed === 'string') return changed;
  throw new TypeError(`BundleOptions.instrument must return the text of ${file}, got ${describeOption(changed)}`);
}

/** By its name, or as a part of a package that is named. Builtin modules may go by either of their names. */
function isNamed(names: readonly string[], specifier: string): boolean {
  return moduleMatches(specifier, names) || moduleMatches(specifier.replace(/^node:/, ''), names);
}

function isAliased({ alias, fallback }: ResolveSettings, specifier: string): boolean {
  return [...Object.keys(alias), ...Object.keys(fallback)].some(
    (name) =>
      name === specifier || name === `${specifier}$` || (!name.endsWith('$') && specifier.startsWith(`${name}/`)),
  );
}

function addEntries(graph: ModuleGraph, resolver: ModuleResolver, options: BundleOptions): BundleEntries {
  const add = (option: string, specifier: string): number => graph.addEntry(entryFile(resolver, option, specifier));
  const workflows = add('workflowsPath', options.workflowsPath);
  const interceptors = (options.workflowInterceptorModules ?? []).map((file) =>
    add('workflowInterceptorModules', file),
  );
  const { payloadConverterPath, failureConverterPath } = options;
  return {
    workflows,
    interceptors,
    ...(payloadConverterPath === undefined
      ? {}
      : { payloadConverter: add('payloadConverterPath', payloadConverterPath) }),
    ...(failureConverterPath === undefined
      ? {}
      : { failureConverter: add('failureConverterPath', failureConverterPath) }),
  };
}

/** The ids of the modules that belong to what is to be shared, and of all that they import. */
function sharedModules(graph: ModuleGraph, resolver: ModuleResolver, preloaded: readonly string[]): number[] {
  const names = new Set(preloaded);
  const isFile = (name: string): boolean => name.startsWith('.') || path.isAbsolute(name);
  const files = new Set(preloaded.filter(isFile).map((file) => entryFile(resolver, 'preloadModules', file)));
  const isPreloaded = ({ file, packageName }: ResolvedFile): boolean =>
    files.has(file) || (packageName !== undefined && names.has(packageName));
  const shared = graph.closure(graph.modules.flatMap(({ id, resolved }) => (isPreloaded(resolved) ? [id] : [])));
  const ofRuns = packagesOfRuns(graph.modules);
  return shared.filter((id) => !ofRuns.has(graph.modules[id]?.resolved.packageName ?? ''));
}

/** Files are taken from the working directory, packages from the working directory's node_modules. */
function entryFile(resolver: ModuleResolver, option: string, specifier: string): string {
  const isFile = path.isAbsolute(specifier) || specifier.startsWith('.');
  const found = resolver.resolve(
    path.join(process.cwd(), 'index.js'),
    isFile ? path.resolve(specifier) : specifier,
    'import',
  );
  if (found.kind === 'file') return found.resolved.file;
  throw new WorkflowBundleError(`The module of option ${option} was not found: ${specifier}`, { file: specifier });
}
