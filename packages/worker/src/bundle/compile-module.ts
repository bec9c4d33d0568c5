import type * as TraceMapping from '@jridgewell/trace-mapping';
import type { Options, ParserConfig } from '@swc/core';
import { codeFrame } from './code-frame.ts';
import { placeInReport } from './compiler-report.ts';
import type { Edit } from './edits.ts';
import { mentions, type Definitions } from './definitions.ts';
import { late } from './late.ts';
import { compiler } from './native-parts.ts';
import { esmShape, parsedText, type EsmShape, type ModuleText, type ShapedModule, type ShapeOf } from './esm-shape.ts';
import { requireSites, type RequireSite } from './require-sites.ts';
import { scanModule } from './scan/scan-module.ts';
import { scopePass } from './scope-pass.ts';
import { hasTopLevelAwait, parseModule, parseScript, positionAt, type SyntaxNode } from './syntax-tree.ts';

/** How a file takes part: `node-esm` sees CommonJS as Node does (default = module.exports), `esm` as bundlers do. */
export type ModuleKind = 'esm' | 'node-esm' | 'commonjs' | 'json';

/** One module, ready to be linked. Plain data: it is kept in the caches. */
export interface CompiledModule {
  readonly kind: ModuleKind;
  readonly code: string;
  /** What the passes change in `code`. */
  readonly edits: readonly Edit[];
  /** In `code`, in order. */
  readonly requires: readonly RequireSite[];
  /** What an ES module imports and exports. */
  readonly shape?: EsmShape;
  /** From `code` to the source; absent where the compiler was not needed. */
  readonly sourceMap?: string;
  /** Whether the module was read by its tokens, so that nobody knows yet whether it is valid. */
  readonly isScanned?: boolean;
}

export interface CompileOptions {
  /** Replaces `process.env.NODE_ENV`. */
  mode: 'production' | 'development';
  definitions: Definitions;
  decorators: DecoratorOptions;
  /** Parse every module, also those of which the tokens tell enough. Default false. */
  parsesAll?: boolean;
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
  /** Whether the package says that what is not used may be left out. */
  sideEffectFree: boolean;
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
const REQUIRES = /\brequire\s*\(/;
const UMD = /\b(?:module|exports)\b/;
/** Code without any of it has nothing for the scope pass. */
const SCOPED = /\basync\b|\bawait\b|\bnew\s+Promise\b/;
/** In CommonJS, which is not looked at closely. */
const NEEDS_COMPILER = /\basync\b[^;]*\*|\bfor\s+await\b|\busing\s+\w|\bimport\s*\(|^\s*@\w/m;
/** TypeScript's own ways of importing and exporting CommonJS have no place in an ES module. */
const IS_COMMONJS = /(?:Import|Export) assignment cannot be used when targeting ECMAScript modules/;

export function compileModule(source: ModuleSource, options: CompileOptions): CompiledModule {
  if (source.file.endsWith('.json')) return compileJson(source);
  const kind = kindOf(source);
  const isJavaScript = /\.[cm]?js$/.test(source.file) && !mentions(options.definitions, source.text);
  if (kind === 'commonjs') {
    const output =
      isJavaScript && !NEEDS_COMPILER.test(source.text)
        ? { kind, code: asWritten(source, options), sourceMap: undefined }
        : runCompiler(source, kind, { ...options, format: 'commonjs' });
    return finishScript(source, output);
  }
  const plain = isJavaScript ? shapedAsWritten(source, kind, options) : undefined;
  if (plain !== undefined) return plain;
  let output: CompilerOutput;
  try {
    output = runCompiler(source, kind, { ...options, format: 'es6' });
  } catch (error) {
    if (!(error instanceof Error) || !IS_COMMONJS.test(error.message)) throw error;
    return finishScript(source, runCompiler(source, kind, { ...options, format: 'commonjs' }));
  }
  const scanned = options.parsesAll === true ? undefined : scannedModule(source, output);
  return scanned ?? parsedModule(source, output, parseOutput(source, output, parseModule)).compiled;
}

interface CompilerOutput {
  readonly kind: ModuleKind;
  readonly code: string;
  readonly sourceMap: string | undefined;
}

function asWritten(source: ModuleSource, options: CompileOptions): string {
  return replaceConstants(sourceText(source), options.mode);
}

/** What a shell would read of a script is a comment in a bundle. */
function sourceText({ text }: ModuleSource): string {
  return text.startsWith('#!') ? `//${text.slice(2)}` : text;
}

/** An ES module that needs no compiler. Undefined for all others, those with errors included: the compiler tells them. */
function shapedAsWritten(source: ModuleSource, kind: ModuleKind, options: CompileOptions): CompiledModule | undefined {
  const output: CompilerOutput = { kind, code: asWritten(source, options), sourceMap: undefined };
  const scanned = options.parsesAll === true ? undefined : scannedModule(source, output);
  if (scanned !== undefined) return scanned;
  let tree: SyntaxNode;
  try {
    tree = parseModule(output.code);
  } catch {
    return undefined;
  }
  const { compiled, needsCompiler } = parsedModule(source, output, tree);
  return needsCompiler ? undefined : compiled;
}

function scannedModule(source: ModuleSource, output: CompilerOutput): CompiledModule | undefined {
  const { code } = output;
  const text = scanModule(code, { isScoped: SCOPED.test(code), mayRequire: REQUIRES.test(code) });
  const shaped = text && shapeOf(source, code, text);
  return shaped && { ...finishModule(output, shaped, { scoped: text.scoped, requires: [] }), isScanned: true };
}

function parsedModule(
  source: ModuleSource,
  output: CompilerOutput,
  tree: SyntaxNode,
): { compiled: CompiledModule; needsCompiler: boolean } {
  const { code, sourceMap } = output;
  const shaped = shapeOf(source, code, parsedText(tree));
  if (shaped.waits !== undefined) {
    const place = positionAt(code, shaped.waits);
    throw errorAt(source, { what: TOP_LEVEL_AWAIT, place, sourceMap });
  }
  const scoped = SCOPED.test(code) ? scopePass(tree) : [];
  const compiled = finishModule(output, shaped, { scoped, requires: requiresOf(code, tree) });
  return { compiled, needsCompiler: shaped.needsCompiler };
}

function shapeOf<Text extends ModuleText>(source: ModuleSource, code: string, text: Text): ShapeOf<Text> {
  return esmShape(code, text, { fileName: source.file.split('/').at(-1) ?? '', isLate: source.sideEffectFree });
}

function finishModule(
  { kind, code, sourceMap }: CompilerOutput,
  { shape, edits }: ShapedModule,
  { scoped, requires }: { scoped: readonly Edit[]; requires: readonly RequireSite[] },
): CompiledModule {
  return {
    kind,
    code,
    edits: [...scoped.filter(({ text }) => text !== ''), ...edits],
    requires,
    shape,
    ...(sourceMap === undefined ? {} : { sourceMap }),
  };
}

function finishScript(source: ModuleSource, output: CompilerOutput): CompiledModule {
  const { kind, code, sourceMap } = output;
  const needsPass = SCOPED.test(code);
  const tree = needsPass || REQUIRES.test(code) ? parseOutput(source, output, parseScript) : undefined;
  return {
    kind,
    code,
    edits: needsPass && tree !== undefined ? scopePass(tree).filter(({ text }) => text !== '') : [],
    requires: tree === undefined ? [] : requiresOf(code, tree),
    ...(sourceMap === undefined ? {} : { sourceMap }),
  };
}

function requiresOf(code: string, tree: SyntaxNode): RequireSite[] {
  return REQUIRES.test(code) ? requireSites(tree).sort((a, b) => a.start - b.start) : [];
}

function kindOf({ file, text, packageType }: ModuleSource): ModuleKind {
  if (/\.c[jt]s$/.test(file)) return TYPESCRIPT.test(file) ? 'esm' : 'commonjs';
  if (/\.m[jt]s$/.test(file)) return 'node-esm';
  if (TYPESCRIPT.test(file)) return 'esm';
  // Packages of ES modules carry scripts too, for browsers.
  if (packageType === 'module' && !UMD.test(text)) return 'node-esm';
  return ESM_SYNTAX.test(text) ? (packageType === 'module' ? 'node-esm' : 'esm') : 'commonjs';
}

function compileJson({ file, text }: ModuleSource): CompiledModule {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new ModuleSyntaxError(`${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const code = `module.exports=JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(text)))});`;
  return { kind: 'json', code, edits: [], requires: [] };
}

interface CompilerRun extends CompileOptions {
  readonly format: 'commonjs' | 'es6';
}

function runCompiler(source: ModuleSource, kind: ModuleKind, options: CompilerRun): CompilerOutput {
  try {
    const settings = compilerOptions(source.file, kind, options);
    let compiled = compiler().transformSync(sourceText(source), settings);
    // The helper of standard decorators is the one that is not ours: it is taken into the module.
    if (compiled.code.includes('/_apply_decs_')) {
      const within = { ...settings, jsc: { ...settings.jsc, externalHelpers: false } };
      compiled = compiler().transformSync(sourceText(source), within);
    }
    const code = options.format === 'es6' ? compiled.code : replaceEmitted(compiled.code, source.file);
    return { kind, code: replaceConstants(code, options.mode), sourceMap: compiled.map };
  } catch (error) {
    throw syntaxError(source, error);
  }
}

function compilerOptions(file: string, kind: ModuleKind, { decorators, definitions, format }: CompilerRun): Options {
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
        ...(Object.keys(definitions).length > 0
          ? { optimizer: { simplify: false, globals: { vars: { ...definitions } } } }
          : {}),
        ...(decorators.legacy
          ? { legacyDecorator: true, decoratorMetadata: decorators.emitMetadata }
          : { decoratorVersion: '2022-03' }),
      },
    },
    env: { targets: { node: '24' }, include: LOWERED },
    module: format === 'es6' ? { type: format } : { type: format, importInterop: 'swc' },
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

function parseOutput(
  source: ModuleSource,
  { code, sourceMap }: CompilerOutput,
  parse: (code: string) => SyntaxNode,
): SyntaxNode {
  try {
    return parse(code);
  } catch (error) {
    const what = error instanceof Error ? error.message.replace(/ \(\d+:\d+\)$/, '') : String(error);
    const place = (error as { loc?: { line: number; column: number } }).loc;
    throw errorAt(source, { what: hasTopLevelAwait(code) ? TOP_LEVEL_AWAIT : what, place, sourceMap });
  }
}

interface OutputError {
  readonly what: string;
  /** In what the compiler gave: the line from 1, the column from 0. */
  readonly place: { readonly line: number; readonly column: number } | undefined;
  readonly sourceMap: string | undefined;
}

function errorAt(source: ModuleSource, { what, place, sourceMap }: OutputError): ModuleSyntaxError {
  const message = `${source.file}: ${what}`;
  if (place === undefined) return new ModuleSyntaxError(message);
  const found = sourceMap === undefined ? place : originalPlace(sourceMap, place);
  const line = found.line ?? place.line;
  const frame = codeFrame(source.text, { line, column: (found.column ?? 0) + 1 });
  return new ModuleSyntaxError(message, { frame, line });
}

const tracing = late<typeof TraceMapping>('@jridgewell/trace-mapping');

function originalPlace(sourceMap: string, place: { line: number; column: number }): Partial<TraceMapping.Needle> {
  const { line, column } = tracing().originalPositionFor(new (tracing().TraceMap)(sourceMap), place);
  return line === null ? {} : { line, column };
}

/** A module may have an `Object` of its own, at the top; what the compiler emits means the builtin. */
const OWN_OBJECT = /^(?:function|class|const|let|var|async function) Object\b/m;
const EMITTED_OBJECT = /\bObject(\.(?:defineProperty\((?:exports|target), |getOwnPropertyDescriptor\(all, name\)))/g;
const META_URL = 'require("url").pathToFileURL(__filename).toString()';

/** Ways to the global object that would lead past that of the run. */
const GLOBAL =
  /(?:\bnew\s+)?\bFunction\(\s*(["'])return this;?\1\s*\)\(\)|\(function\s*\(\)\s*\{\s*return this;?\s*\}(?:\)\(\)|\(\)\))/g;

/** Replacements keep their length, so that no position moves. */
function replaceConstants(code: string, mode: CompileOptions['mode']): string {
  let out = code;
  if (out.includes('process.env.NODE_ENV'))
    out = out.replace(/\bprocess\.env\.NODE_ENV\b/g, (found) => JSON.stringify(mode).padEnd(found.length));
  if (out.includes('return this')) out = out.replace(GLOBAL, (found) => padded('globalThis', found));
  return out;
}

/** As long as what it stands for, on as many lines. */
function padded(text: string, found: string): string {
  return text + found.slice(text.length).replace(/[^\r\n]/g, ' ');
}

/** What the compiler writes into a module that it makes a CommonJS one. */
function replaceEmitted(code: string, file: string): string {
  const out = OWN_OBJECT.test(code) ? code.replace(EMITTED_OBJECT, '__objt$1') : code;
  const url = JSON.stringify(`file:///${file.split('/').at(-1) ?? ''}`);
  return out.replaceAll(META_URL, url.padEnd(META_URL.length));
}
