import type * as TraceMapping from '@jridgewell/trace-mapping';
import type { Options, ParserConfig } from '@swc/core';
import { codeFrame } from './code-frame.ts';
import { placeInReport } from './compiler-report.ts';
import type { Edit } from './edits.ts';
import { late } from './late.ts';
import { compiler } from './native-parts.ts';
import { importSites, type ImportSite } from './import-sites.ts';
import { emittedRequireSites, requireSites, type RequireSite } from './require-sites.ts';
import { scopePass } from './scope-pass.ts';
import { hasTopLevelAwait, parseScript, type SyntaxNode } from './syntax-tree.ts';

/** How a file takes part: `node-esm` sees CommonJS as Node does (default = module.exports), `esm` as bundlers do. */
export type ModuleKind = 'esm' | 'node-esm' | 'commonjs' | 'json';

/** One module, ready to be linked. Plain data: it is kept in the caches. */
export interface CompiledModule {
  readonly kind: ModuleKind;
  readonly code: string;
  /** What the scope pass puts into `code`. */
  readonly edits: readonly Edit[];
  /** In `code`, in order. */
  readonly requires: readonly RequireSite[];
  /** Imports that can be evaluated late, in `code`. */
  readonly imports: readonly ImportSite[];
  /** From `code` to the source; absent where the compiler was not needed. */
  readonly sourceMap?: string;
}

export interface CompileOptions {
  /** Replaces `process.env.NODE_ENV`. */
  mode: 'production' | 'development';
  decorators: DecoratorOptions;
}

export interface DecoratorOptions {
  legacy: boolean;
  emitMetadata: boolean;
}

export interface ModuleSource {
  file: string;
  text: string;
  /** What the package of the file says of its `.js` files. */
  packageType: 'module' | 'commonjs' | undefined;
}

/** A file could not be compiled. `frame` shows where. */
export class ModuleSyntaxError extends Error {
  override readonly name = 'ModuleSyntaxError';
  readonly frame: string | undefined;
  readonly line: number | undefined;

  constructor(message: string, place?: { frame: string; line: number }) {
    super(message);
    // Where the compiler was called helps nobody.
    this.stack = `${this.name}: ${message}`;
    this.frame = place?.frame;
    this.line = place?.line;
  }
}

/** What the lowered constructs are: only those whose order of microtasks histories rely on, and `using`. */
const LOWERED = ['transform-async-generator-functions', 'transform-explicit-resource-management'];

const TYPESCRIPT = /\.[cm]?tsx?$/;
const ESM_SYNTAX = /^[ \t]*(?:import|export)\b|[;}]\s*(?:import|export)\b|\bimport\.meta\b/m;
/** Code without any of it has nothing for the scope pass. */
const SCOPED = /\basync\b|\bawait\b|\bnew\s+Promise\b/;
const NEEDS_COMPILER = /\basync\b[^;]*\*|\bfor\s+await\b|\busing\s+\w|\bimport\s*\(|^\s*@\w/m;

export function compileModule(source: ModuleSource, options: CompileOptions): CompiledModule {
  if (source.file.endsWith('.json')) return compileJson(source);
  const kind = kindOf(source);
  const compiled =
    kind === 'commonjs' && !TYPESCRIPT.test(source.file) && !NEEDS_COMPILER.test(source.text)
      ? { code: source.text.replace(/^#!.*/, (line) => `//${line.slice(2)}`) }
      : runCompiler(source, kind, options);
  const code = replaceConstants(compiled.code, source.file, options);
  return finish(source, { kind, code, sourceMap: compiled.map });
}

interface CompilerOutput {
  readonly kind: ModuleKind;
  readonly code: string;
  readonly sourceMap: string | undefined;
}

function finish(source: ModuleSource, compiled: CompilerOutput): CompiledModule {
  const { kind, code, sourceMap } = compiled;
  const needsPass = SCOPED.test(code);
  const emitted = kind === 'commonjs' ? undefined : emittedRequireSites(code);
  const tree = needsPass || emitted === undefined ? parseOutput(source, compiled) : undefined;
  const edits = needsPass && tree !== undefined ? scopePass(tree) : [];
  const sites = emitted ?? (tree === undefined ? [] : requireSites(tree));
  return {
    kind,
    code,
    edits: edits.filter(({ text }) => text !== ''),
    requires: sites.sort((a, b) => a.start - b.start),
    imports: kind === 'esm' || kind === 'node-esm' ? importSites(code) : [],
    ...(sourceMap === undefined ? {} : { sourceMap }),
  };
}

function kindOf({ file, text, packageType }: ModuleSource): ModuleKind {
  if (/\.c[jt]s$/.test(file)) return TYPESCRIPT.test(file) ? 'esm' : 'commonjs';
  if (/\.m[jt]s$/.test(file)) return 'node-esm';
  if (TYPESCRIPT.test(file)) return 'esm';
  if (packageType === 'module') return 'node-esm';
  return ESM_SYNTAX.test(text) ? 'esm' : 'commonjs';
}

function compileJson({ file, text }: ModuleSource): CompiledModule {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new ModuleSyntaxError(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const code = `module.exports=JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(text)))});`;
  return { kind: 'json', code, edits: [], requires: [], imports: [] };
}

function runCompiler(source: ModuleSource, kind: ModuleKind, options: CompileOptions): { code: string; map?: string } {
  try {
    const compiled = compiler().transformSync(source.text, compilerOptions(source.file, kind, options));
    // The helper of standard decorators is the one that is not ours: it is taken into the module.
    if (!compiled.code.includes('/_apply_decs_')) return compiled;
    const settings = compilerOptions(source.file, kind, options);
    return compiler().transformSync(source.text, { ...settings, jsc: { ...settings.jsc, externalHelpers: false } });
  } catch (error) {
    throw syntaxError(source, error);
  }
}

function compilerOptions(file: string, kind: ModuleKind, { decorators }: CompileOptions): Options {
  const parser: ParserConfig = TYPESCRIPT.test(file)
    ? { syntax: 'typescript', tsx: file.endsWith('x'), decorators: true }
    : { syntax: 'ecmascript', jsx: file.endsWith('x'), decorators: true, explicitResourceManagement: true };
  return {
    filename: file,
    isModule: kind === 'commonjs' ? 'commonjs' : true,
    configFile: false,
    swcrc: false,
    sourceMaps: true,
    inputSourceMap: false,
    jsc: {
      parser,
      externalHelpers: true,
      transform: {
        useDefineForClassFields: true,
        ...(decorators.legacy
          ? { legacyDecorator: true, decoratorMetadata: decorators.emitMetadata }
          : { decoratorVersion: '2022-03' }),
      },
    },
    env: { targets: { node: '24' }, include: LOWERED },
    module: { type: 'commonjs', importInterop: 'swc' },
  };
}

function syntaxError({ file, text }: ModuleSource, error: unknown): ModuleSyntaxError {
  const report = (error instanceof Error ? error.message : String(error)).replace(/\u001B\[[0-9;]*m/g, '');
  const what = (/^\s*(?:x|×|error:)\s*(.+)$/m.exec(report)?.[1] ?? report.split('\n')[0] ?? '').trim();
  const place = placeInReport(report, text);
  if (place === undefined) return new ModuleSyntaxError(`${file}: ${what}`);
  const { line, column } = place;
  return new ModuleSyntaxError(`${file}:${line}:${column}: ${what}`, { frame: codeFrame(text, place), line });
}

const TOP_LEVEL_AWAIT =
  'await outside of an async function. Modules of workflow code are evaluated at once, within the first task: await in the workflow function instead';

function parseOutput(source: ModuleSource, { code, sourceMap }: CompilerOutput): SyntaxNode {
  try {
    return parseScript(code);
  } catch (error) {
    const what = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error);
    const message = `${source.file}: ${hasTopLevelAwait(code) ? TOP_LEVEL_AWAIT : what}`;
    const place = (error as { loc?: { line: number; column: number } }).loc;
    if (place === undefined) throw new ModuleSyntaxError(message);
    const found = sourceMap === undefined ? place : originalPlace(sourceMap, place);
    const line = found.line ?? place.line;
    const frame = codeFrame(source.text, { line, column: (found.column ?? 0) + 1 });
    throw new ModuleSyntaxError(message, { frame, line });
  }
}

const tracing = late<typeof TraceMapping>('@jridgewell/trace-mapping');

function originalPlace(sourceMap: string, place: { line: number; column: number }): Partial<TraceMapping.Needle> {
  const { line, column } = tracing().originalPositionFor(new (tracing().TraceMap)(sourceMap), place);
  return line === null ? {} : { line, column };
}

/** A module may have an `Object` of its own, at the top; what the compiler emits means the builtin. */
const OWN_OBJECT = /^(?:function|class|const|let|var|async function) Object\b/m;
const EMITTED_OBJECT = /\bObject(\.(?:defineProperty\((?:exports|target), |getOwnPropertyDescriptor\(all, name\)))/g;

/** Replacements keep their length, so that no position moves. */
function replaceConstants(code: string, file: string, options: CompileOptions): string {
  let out = code;
  if (out.includes('process.env.NODE_ENV')) {
    out = out.replace(/\bprocess\.env\.NODE_ENV\b/g, (found) => JSON.stringify(options.mode).padEnd(found.length));
  }
  if (OWN_OBJECT.test(out)) out = out.replace(EMITTED_OBJECT, '__objt$1');
  const metaUrl = 'require("url").pathToFileURL(__filename).toString()';
  if (out.includes(metaUrl))
    out = out.replaceAll(metaUrl, JSON.stringify(`file:///${file.split('/').at(-1) ?? ''}`).padEnd(metaUrl.length));
  // What is left of `import.meta` has no properties here.
  return out.includes('import.meta') ? out.replace(/\bimport\.meta\b/g, (found) => '({})'.padEnd(found.length)) : out;
}
