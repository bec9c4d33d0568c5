import { declaredNames, nameOf } from './declared-names.ts';
import { tokensOf } from './scan/tokens.ts';
import { tokenStatements } from './scan/token-statements.ts';
import { child, children, identifierName, parseModule, stringValue, type SyntaxNode } from './syntax-tree.ts';

/** Where an exported name comes from: this module, or a name (or all, as `*`) of another one. */
export type ExportSource = { kind: 'own' } | { kind: 'from'; specifier: string; name: string };

/** What a module exports, as far as its own text tells. */
export interface ExportTable {
  readonly names: ReadonlyMap<string, ExportSource>;
  /** The modules of `export *`. */
  readonly stars: readonly string[];
}

/** Reads the exports of an ES module in JavaScript. Gives undefined if it does not parse. */
export function exportTable(source: string): ExportTable | undefined {
  const body = statementsOf(source);
  if (body === undefined) return undefined;
  const imported = new Map(body.flatMap(importedNames));
  const names = new Map<string, ExportSource>();
  const stars: string[] = [];
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') names.set('default', { kind: 'own' });
    else if (statement.type === 'ExportAllDeclaration') addStar(statement, names, stars);
    else if (statement.type === 'ExportNamedDeclaration') addNamed(statement, { names, imported });
  }
  return { names, stars };
}

/** Those that import and export, and maybe others. */
function statementsOf(source: string): readonly SyntaxNode[] | undefined {
  const tokens = tokensOf(source);
  const scanned = tokens && tokenStatements(tokens);
  if (scanned !== undefined) return scanned.body;
  try {
    return children(parseModule(source), 'body');
  } catch {
    return undefined;
  }
}

function importedNames(statement: SyntaxNode): [string, ExportSource][] {
  if (statement.type !== 'ImportDeclaration') return [];
  const specifier = stringValue(child(statement, 'source')) ?? '';
  return children(statement, 'specifiers').map((item) => {
    const local = identifierName(child(item, 'local')) ?? '';
    const name =
      item.type === 'ImportDefaultSpecifier'
        ? 'default'
        : item.type === 'ImportNamespaceSpecifier'
          ? '*'
          : nameOf(child(item, 'imported'));
    return [local, { kind: 'from', specifier, name }];
  });
}

function addStar(statement: SyntaxNode, names: Map<string, ExportSource>, stars: string[]): void {
  const specifier = stringValue(child(statement, 'source')) ?? '';
  const exported = child(statement, 'exported');
  if (exported === undefined) stars.push(specifier);
  else names.set(nameOf(exported), { kind: 'from', specifier, name: '*' });
}

function addNamed(
  statement: SyntaxNode,
  known: { names: Map<string, ExportSource>; imported: ReadonlyMap<string, ExportSource> },
): void {
  const specifier = stringValue(child(statement, 'source'));
  for (const item of children(statement, 'specifiers')) {
    const local = nameOf(child(item, 'local'));
    const source: ExportSource =
      specifier === undefined
        ? (known.imported.get(local) ?? { kind: 'own' })
        : { kind: 'from', specifier, name: local };
    known.names.set(nameOf(child(item, 'exported')), source);
  }
  const declaration = child(statement, 'declaration');
  if (declaration === undefined) return;
  for (const name of declaredNames(declaration)) known.names.set(name, { kind: 'own' });
}
