/**
 * Carries the async scope through native async functions, without a microtask more.
 *
 * An async function notes the scope it was called in and puts it back after each `await`, at the entry of a `catch` or
 * `finally` whose `try` can suspend. What is caught is told to the runtime on the way, for reports of what code threw. Async generators and `for await` have been lowered before this pass; their helpers
 * restore the scope themselves. The five names are bound around all modules by the linked script.
 *
 * A thenable of the user's that is awaited, returned or given to `resolve` is called back by a microtask of its own, which
 * knows no scope: `__w` and `__p` see to it that it runs in the one where it was handed over.
 *
 * What this pass emits decides the order of microtasks: it is part of what a recorded history relies on.
 */
import type { Edit } from './edits.ts';
import { child, children, eachChild, identifierName, type SyntaxNode } from './syntax-tree.ts';

interface FunctionScope {
  readonly isAsync: boolean;
  /** Whether the part visited so far contains an `await`. */
  suspends: boolean;
}

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
export const RESTORE = '__t(__s);';
export const CAPTURE = 'const __s=__c();';
/** So that an error that only passes through is told of as well. */
export const RESCUE = 'catch(__x){__t(__c(),__x);throw __x}';

/** The insertions for one module. */
export function scopePass(tree: SyntaxNode): Edit[] {
  const insertions: Edit[] = [];
  visit(tree, { isAsync: false, suspends: false }, insertions);
  return insertions;
}

function visit(node: SyntaxNode, scope: FunctionScope, out: Edit[]): void {
  if (FUNCTIONS.has(node.type)) visitFunction(node, out);
  else if (scope.isAsync && node.type === 'AwaitExpression') visitAwait(node, scope, out);
  else if (node.type === 'TryStatement') visitTry(node, scope, out);
  else if (scope.isAsync && node.type === 'ReturnStatement') guarded(child(node, 'argument'), scope, out);
  else if (node.type === 'NewExpression') visitNew(node, scope, out);
  else eachChild(node, (inner) => visit(inner, scope, out));
}

function visitFunction(node: SyntaxNode, out: Edit[]): void {
  const scope: FunctionScope = { isAsync: node['async'] === true, suspends: false };
  for (const parameter of children(node, 'params')) visit(parameter, scope, out);
  const body = child(node, 'body');
  if (body === undefined) return;
  const isBlock = body.type === 'BlockStatement';
  const opening = reserve(out, isBlock ? afterDirectives(body) : body.start);
  if (isBlock || !scope.isAsync) visit(body, scope, out);
  else guarded(body, scope, out);
  if (!scope.isAsync || !scope.suspends) return;
  opening.text = isBlock ? CAPTURE : `{${CAPTURE}return `;
  if (!isBlock) put(out, body.end, '}');
}

function visitAwait(node: SyntaxNode, scope: FunctionScope, out: Edit[]): void {
  scope.suspends = true;
  const argument = child(node, 'argument');
  if (argument === undefined) return;
  put(out, node.start, '__r(__s,');
  put(out, argument.start, '__w(');
  visit(argument, scope, out);
  put(out, argument.end, ')');
  put(out, node.end, ')');
}

/** A value that the promise of an async function is resolved with. */
function guarded(value: SyntaxNode | undefined, scope: FunctionScope, out: Edit[]): void {
  if (value === undefined) return;
  const isPlain = value.type === 'AwaitExpression' || value.type === 'Literal' || value.type === 'TemplateLiteral';
  if (!isPlain) put(out, value.start, '__w(');
  visit(value, scope, out);
  if (!isPlain) put(out, value.end, ')');
}

/** `new Promise(executor)`. */
function visitNew(node: SyntaxNode, scope: FunctionScope, out: Edit[]): void {
  const [executor] = children(node, 'arguments');
  const isPromise =
    identifierName(child(node, 'callee')) === 'Promise' && executor !== undefined && executor.type !== 'SpreadElement';
  if (isPromise) put(out, executor.start, '__p(');
  eachChild(node, (inner) => {
    visit(inner, scope, out);
    if (isPromise && inner === executor) put(out, inner.end, ')');
  });
}

function visitTry(node: SyntaxNode, scope: FunctionScope, out: Edit[]): void {
  const block = child(node, 'block');
  const handler = child(node, 'handler');
  const finalizer = child(node, 'finalizer');
  const suspendedBefore = scope.suspends;
  scope.suspends = false;
  if (block !== undefined) visit(block, scope, out);
  if (handler !== undefined) visitCatch(handler, scope, out);
  if (finalizer !== undefined) {
    if (handler === undefined && block !== undefined) put(out, block.end, RESCUE);
    if (scope.suspends) put(out, finalizer.start + 1, RESTORE);
    visit(finalizer, scope, out);
  }
  scope.suspends ||= suspendedBefore;
}

/** Puts the scope back if it may be lost, and tells which error was caught where it has a name. */
function visitCatch(handler: SyntaxNode, scope: FunctionScope, out: Edit[]): void {
  const body = child(handler, 'body');
  const parameter = child(handler, 'param');
  if (parameter !== undefined) visit(parameter, scope, out);
  if (body === undefined) return;
  if (parameter === undefined) put(out, body.start, '(__x)');
  const error = parameter === undefined ? '__x' : identifierName(parameter);
  const frame = scope.suspends ? '__s' : '__c()';
  if (error !== undefined) put(out, body.start + 1, `__t(${frame},${error});`);
  else if (scope.suspends) put(out, body.start + 1, RESTORE);
  visit(body, scope, out);
}

function afterDirectives(body: SyntaxNode): number {
  let at = body.start + 1;
  for (const statement of children(body, 'body')) {
    if (typeof statement['directive'] !== 'string') break;
    at = statement.end;
  }
  return at;
}

function put(out: Edit[], at: number, text: string): void {
  out.push({ at, text });
}

function reserve(out: Edit[], at: number): Edit {
  const insertion: Edit = { at, text: '' };
  out.push(insertion);
  return insertion;
}
