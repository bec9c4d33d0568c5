/**
 * Finds the `require("x")` calls of a module. A call inside a `try` block is optional: the module may be missing, the code
 * is prepared for it. Calls in branches that a constant comparison switches off (NODE_ENV) are not followed.
 */
import { child, children, eachChild, identifierName, stringValue, type SyntaxNode } from './syntax-tree.ts';

export interface RequireSite {
  readonly specifier: string;
  /** The whole call, from `require` to the closing parenthesis. */
  readonly start: number;
  readonly end: number;
  readonly optional: boolean;
}

export function requireSites(tree: SyntaxNode): RequireSite[] {
  const sites: RequireSite[] = [];
  visit(tree, false, sites);
  return sites;
}

function visit(node: SyntaxNode, optional: boolean, sites: RequireSite[]): void {
  if (node.type === 'CallExpression') {
    const site = siteOf(node, optional);
    if (site !== undefined) {
      sites.push(site);
      return;
    }
  }
  if (node.type === 'TryStatement' && child(node, 'handler') !== undefined) {
    eachChild(node, (inner) => visit(inner, optional || inner === node['block'], sites));
    return;
  }
  const dead = deadBranch(node);
  eachChild(node, (inner) => {
    if (inner !== dead) visit(inner, optional, sites);
  });
}

function siteOf(node: SyntaxNode, optional: boolean): RequireSite | undefined {
  if (identifierName(child(node, 'callee')) !== 'require') return undefined;
  const specifiers = children(node, 'arguments');
  const specifier = specifiers.length === 1 ? stringValue(specifiers[0]) : undefined;
  return specifier === undefined ? undefined : { specifier, start: node.start, end: node.end, optional };
}

function deadBranch(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') return undefined;
  const test = child(node, 'test');
  const verdict = test === undefined ? undefined : constantComparison(test);
  if (verdict === undefined) return undefined;
  return child(node, verdict ? 'alternate' : 'consequent');
}

function constantComparison(test: SyntaxNode): boolean | undefined {
  if (test.type !== 'BinaryExpression') return undefined;
  const left = stringValue(child(test, 'left'));
  const right = stringValue(child(test, 'right'));
  if (left === undefined || right === undefined) return undefined;
  if (test['operator'] === '===' || test['operator'] === '==') return left === right;
  if (test['operator'] === '!==' || test['operator'] === '!=') return left !== right;
  return undefined;
}
