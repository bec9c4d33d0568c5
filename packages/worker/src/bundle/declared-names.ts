/** The names that declarations and lists of exports give. */
import { child, children, identifierName, stringValue, type SyntaxNode } from './syntax-tree.ts';

/** The names of a declaration. */
export function declaredNames(declaration: SyntaxNode): string[] {
  const single = identifierName(child(declaration, 'id'));
  if (single !== undefined) return [single];
  return children(declaration, 'declarations').flatMap((declarator) => boundNames(child(declarator, 'id')));
}

/** The names that a pattern declares. */
export function boundNames(pattern: SyntaxNode | undefined): string[] {
  if (pattern === undefined) return [];
  const name = identifierName(pattern);
  if (name !== undefined) return [name];
  const parts = [...children(pattern, 'properties'), ...children(pattern, 'elements')];
  const inner = [
    child(pattern, 'argument'),
    child(pattern, 'left'),
    pattern.type === 'Property' ? child(pattern, 'value') : undefined,
  ];
  return [...parts, ...inner].flatMap(boundNames);
}

/** A name in an import or export list, which may be a string. */
export function nameOf(node: SyntaxNode | undefined): string {
  return identifierName(node) ?? stringValue(node) ?? '';
}
