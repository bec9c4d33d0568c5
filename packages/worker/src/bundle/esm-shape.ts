/**
 * An ES module as it is linked: its text stays as it is, but for the keywords of imports and exports, and what it takes from
 * other modules is read from them wherever it is used. Plain data: it is kept in the caches.
 */
import { declaredNames, nameOf } from './declared-names.ts';
import { blankEdits, type Edit } from './edits.ts';
import { moduleReferences, type ModuleReferences, type Reference } from './module-references.ts';
import { lateConstants } from './late-constants.ts';
import { child, children, identifierName, stringValue, type SyntaxNode } from './syntax-tree.ts';

/** Where the value of an exported name is: an expression of this module, or a name (or all, as `*`) of another one. */
export type EsmExport = { readonly name: string } & (
  | { readonly read: string }
  | { readonly specifier: string; readonly imported: string }
);

/** A use of something that is imported: a name of another module, or `*`. */
export interface EsmRead extends Reference {
  readonly specifier: string;
  readonly imported: string;
}

export interface DynamicImport {
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
}

export interface EsmShape {
  /** What is imported or re-exported from, in the order of evaluation. */
  readonly imports: readonly string[];
  readonly reads: readonly EsmRead[];
  readonly dynamicImports: readonly DynamicImport[];
  readonly exports: readonly EsmExport[];
  /** The specifiers of `export *`. */
  readonly stars: readonly string[];
  /** The specifiers of imports that take nothing: they are there for what they do. */
  readonly bare: readonly string[];
}

export interface ShapedModule {
  readonly shape: EsmShape;
  readonly edits: readonly Edit[];
  readonly needsCompiler: boolean;
  /** Where the module awaits something while it is evaluated. */
  readonly waits: number | undefined;
}

/** A module as it was read: by its syntax tree, or by its tokens. */
export interface ModuleText {
  /** The statements at the top; those that import, export or declare are enough. */
  readonly body: readonly SyntaxNode[];
  /** Undefined when it cannot be told. */
  referencesTo(names: ReadonlySet<string>): ShapeReferences | undefined;
}

type ShapeReferences = Omit<ModuleReferences, 'declared'>;

/** Of a text that tells everything there is a shape. */
export type ShapeOf<Text extends ModuleText> =
  ReturnType<Text['referencesTo']> extends ShapeReferences ? ShapedModule : ShapedModule | undefined;

interface ParsedText extends ModuleText {
  referencesTo(names: ReadonlySet<string>): ShapeReferences;
}

export function parsedText(tree: SyntaxNode): ParsedText {
  return { body: children(tree, 'body'), referencesTo: (names) => moduleReferences(tree, names) };
}

interface Binding {
  readonly specifier: string;
  readonly imported: string;
}

interface Shaping {
  readonly code: string;
  readonly imports: Set<string>;
  readonly bindings: Map<string, Binding>;
  readonly exports: EsmExport[];
  readonly stars: string[];
  readonly bare: string[];
  readonly edits: Edit[];
}

/** `fileName` is what `import.meta.url` ends with. `isLate` lets constants that are marked pure be made at their first use. */
export function esmShape<Text extends ModuleText>(
  code: string,
  text: Text,
  options: { fileName: string; isLate: boolean },
): ShapeOf<Text>;
export function esmShape(
  code: string,
  { body, referencesTo }: ModuleText,
  { fileName, isLate }: { fileName: string; isLate: boolean },
): ShapedModule | undefined {
  const shaping: Shaping = {
    code,
    imports: new Set(),
    bindings: new Map(),
    exports: [],
    stars: [],
    bare: [],
    edits: [],
  };
  for (const statement of body) if (statement.type === 'ImportDeclaration') noteImport(statement, shaping);
  const late = isLate ? lateConstants(code, body) : new Map<string, never>();
  const found = referencesTo(new Set([...shaping.bindings.keys(), ...late.keys()]));
  if (found === undefined) return undefined;
  const reads: EsmRead[] = [];
  for (const reference of found.references) {
    const binding = shaping.bindings.get(reference.name);
    const constant = late.get(reference.name);
    if (binding !== undefined) reads.push({ ...reference, ...binding });
    else if (constant !== undefined) shaping.edits.push(editOfReference(reference, constant.read));
  }
  for (const { edits } of late.values()) shaping.edits.push(...edits);
  const readOfLocal = (local: string): string => late.get(local)?.read ?? local;
  for (const statement of body) noteExports(statement, { ...shaping, readOfLocal, late: new Set(late.keys()) });
  const dynamicImports = noteDynamic(found, { shaping, fileName });
  const { imports, exports, stars, bare, edits } = shaping;
  return {
    shape: { imports: [...imports], reads, dynamicImports, exports, stars, bare },
    edits,
    needsCompiler: found.needsCompiler,
    waits: found.waits,
  };
}

/** Puts `text` where a name was referred to. */
export function editOfReference({ name, start, end, form }: Omit<Reference, 'members'>, text: string): Edit {
  const written = form === 'new' ? `(${text})` : text;
  return { at: start, removed: end - start, text: form === 'shorthand' ? `${name}:${written}` : written };
}

function noteImport(statement: SyntaxNode, { code, imports, bindings, bare, edits }: Shaping): void {
  const specifier = stringValue(child(statement, 'source')) ?? '';
  imports.add(specifier);
  if (children(statement, 'specifiers').length === 0) bare.push(specifier);
  for (const item of children(statement, 'specifiers')) {
    const local = identifierName(child(item, 'local')) ?? '';
    const imported =
      item.type === 'ImportDefaultSpecifier'
        ? 'default'
        : item.type === 'ImportNamespaceSpecifier'
          ? '*'
          : nameOf(child(item, 'imported'));
    bindings.set(local, { specifier, imported });
  }
  edits.push(...blankEdits(code, statement.start, statement.end, ';'));
}

interface Exporting extends Shaping {
  readonly readOfLocal: (local: string) => string;
  readonly late: ReadonlySet<string>;
}

function noteExports(statement: SyntaxNode, exporting: Exporting): void {
  if (statement.type === 'ExportDefaultDeclaration') noteDefault(statement, exporting);
  else if (statement.type === 'ExportAllDeclaration') noteStar(statement, exporting);
  else if (statement.type === 'ExportNamedDeclaration') noteNamed(statement, exporting);
}

function noteDefault(statement: SyntaxNode, { code, exports, edits }: Exporting): void {
  const declaration = child(statement, 'declaration');
  if (declaration === undefined) return;
  const isDeclaration = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
  const own = identifierName(child(declaration, 'id'));
  if (isDeclaration && own !== undefined) {
    edits.push(...blankEdits(code, statement.start, declaration.start, ';'));
    exports.push({ name: 'default', read: own });
    return;
  }
  const name = code.includes('_default') ? '__r_default' : '_default';
  exports.push({ name: 'default', read: name });
  if (isDeclaration) {
    edits.push(...blankEdits(code, statement.start, declaration.start, ';'));
    const header = /^(?:async\s+)?function\s*\*?|^class/.exec(code.slice(declaration.start, declaration.end));
    edits.push({ at: declaration.start + (header?.[0].length ?? 0), text: ` ${name} ` });
  } else edits.push(...blankEdits(code, statement.start, declaration.start, `;const ${name} = `));
}

function noteStar(statement: SyntaxNode, { code, imports, exports, stars, edits }: Exporting): void {
  const specifier = stringValue(child(statement, 'source')) ?? '';
  const exported = child(statement, 'exported');
  imports.add(specifier);
  if (exported === undefined) stars.push(specifier);
  else exports.push({ name: nameOf(exported), specifier, imported: '*' });
  edits.push(...blankEdits(code, statement.start, statement.end, ';'));
}

function noteNamed(statement: SyntaxNode, exporting: Exporting): void {
  const { code, imports, bindings, exports, edits, readOfLocal, late } = exporting;
  const declaration = child(statement, 'declaration');
  if (declaration !== undefined) {
    const names = declaredNames(declaration);
    for (const name of names) exports.push({ name, read: readOfLocal(name) });
    // The keyword of a late constant has gone with its declaration.
    if (!names.some((name) => late.has(name))) edits.push(...blankEdits(code, statement.start, declaration.start, ';'));
    return;
  }
  const specifier = stringValue(child(statement, 'source'));
  if (specifier !== undefined) imports.add(specifier);
  for (const item of children(statement, 'specifiers')) {
    const local = nameOf(child(item, 'local'));
    const name = nameOf(child(item, 'exported'));
    const binding = specifier === undefined ? bindings.get(local) : { specifier, imported: local };
    exports.push(binding === undefined ? { name, read: readOfLocal(local) } : { name, ...binding });
  }
  edits.push(...blankEdits(code, statement.start, statement.end, ';'));
}

/** `import(x)` becomes a call that takes as many turns; `import.meta` knows nothing but a name. */
function noteDynamic(
  { dynamicImports, metas }: ShapeReferences,
  { shaping, fileName }: { shaping: Shaping; fileName: string },
): DynamicImport[] {
  const { code, edits } = shaping;
  for (const { start, end, isUrl } of metas)
    edits.push(...blankEdits(code, start, end, isUrl ? JSON.stringify(`file:///${fileName}`) : '({})'));
  return dynamicImports.flatMap((node) => {
    const source = child(node, 'source');
    const specifier = stringValue(source);
    if (specifier !== undefined) return [{ specifier, start: node.start, end: node.end }];
    if (source === undefined) return [];
    edits.push(...blankEdits(code, node.start, source.start, 'Promise.resolve('));
    edits.push(...blankEdits(code, source.end, node.end, ').then(require)'));
    return [];
  });
}
