/**
 * Where a module refers to names of its own top level: to what it imports, and to what is evaluated late. A name that a
 * function or block declares for itself is another one. Also notes what else of a module the passes after it ask for.
 */
import { child, children, eachChild, identifierName, isNode, type SyntaxNode } from './syntax-tree.ts';

export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `name.a.b`: the properties that are read in turn, with the offsets behind each. */
  readonly members: readonly { readonly name: string; readonly end: number }[];
  /**
   * `shorthand` is `{ name }`; `new` stands for what is constructed, where a call would be taken for the constructor;
   * `called` is `name()`, which must not hand on what the name is read from.
   */
  readonly form: 'plain' | 'shorthand' | 'new' | 'called';
}

export interface ModuleReferences {
  readonly references: readonly Reference[];
  /** `import(...)` expressions. */
  readonly dynamicImports: readonly SyntaxNode[];
  /** `import.meta`, with `.url` if that is what is read of it. */
  readonly metas: readonly { readonly start: number; readonly end: number; readonly isUrl: boolean }[];
  /** Whether there are constructs that have to be lowered. */
  readonly needsCompiler: boolean;
  /** The first `await` that is in no function. */
  readonly waits: number | undefined;
  /** The names that the module declares itself, at its top. */
  readonly declared: ReadonlySet<string>;
}

interface Scope {
  readonly outer: Scope | undefined;
  /** Whether `var` declares in it. */
  readonly isFunction: boolean;
  names: Set<string> | undefined;
}

interface Walk {
  readonly names: ReadonlySet<string>;
  readonly found: { reference: Reference; scope: Scope | undefined }[];
  readonly dynamicImports: SyntaxNode[];
  readonly metas: { start: number; end: number; isUrl: boolean }[];
  needsCompiler: boolean;
  waits: number | undefined;
  readonly declared: Set<string>;
  /** The beginning of what a `new` constructs, and of what is called. */
  readonly constructed: Set<number>;
  readonly called: Set<SyntaxNode>;
}

type Visit = (node: SyntaxNode, scope: Scope | undefined, walk: Walk) => void;

/** Finds the references to `names`, which the module declares at its top. */
export function moduleReferences(tree: SyntaxNode, names: ReadonlySet<string>): ModuleReferences {
  const walk: Walk = {
    names,
    found: [],
    dynamicImports: [],
    metas: [],
    needsCompiler: false,
    waits: undefined,
    declared: new Set(),
    constructed: new Set(),
    called: new Set(),
  };
  for (const statement of children(tree, 'body')) {
    if (statement.type === 'ImportDeclaration') {
      for (const item of children(statement, 'specifiers'))
        declare(identifierName(child(item, 'local')), undefined, walk);
      continue;
    }
    if (statement.type === 'ExportAllDeclaration') continue;
    // What is exported by its name alone is no reading of it.
    if (statement.type === 'ExportNamedDeclaration') visitChild(statement, 'declaration', undefined, walk);
    else visit(statement, undefined, walk);
  }
  return {
    references: walk.found.flatMap(({ reference, scope }) => (isHidden(reference.name, scope) ? [] : [reference])),
    dynamicImports: walk.dynamicImports,
    metas: walk.metas,
    needsCompiler: walk.needsCompiler,
    waits: walk.waits,
    declared: walk.declared,
  };
}

function isHidden(name: string, scope: Scope | undefined): boolean {
  for (let at = scope; at !== undefined; at = at.outer) if (at.names?.has(name) === true) return true;
  return false;
}

function visit(node: SyntaxNode, scope: Scope | undefined, walk: Walk): void {
  const special = VISITS[node.type];
  if (special !== undefined) special(node, scope, walk);
  else eachChild(node, (inner) => visit(inner, scope, walk));
}

function visitChild(node: SyntaxNode, key: string, scope: Scope | undefined, walk: Walk): void {
  const inner = child(node, key);
  if (inner !== undefined) visit(inner, scope, walk);
}

const inBlock: Visit = (node, scope, walk) => {
  const inner = blockScope(scope);
  eachChild(node, (part) => visit(part, inner, walk));
};

function blockScope(outer: Scope | undefined): Scope {
  return { outer, isFunction: false, names: undefined };
}

function functionScope(scope: Scope | undefined): Scope | undefined {
  let at = scope;
  while (at !== undefined && !at.isFunction) at = at.outer;
  return at;
}

/** Without a scope, a declaration is one of the module's own top. */
function declare(name: string | undefined, scope: Scope | undefined, walk: Walk): void {
  if (name === undefined || !walk.names.has(name)) return;
  if (scope === undefined) walk.declared.add(name);
  else (scope.names ??= new Set()).add(name);
}

/** A pattern: the names in it are declared in `into`, or assigned to where there is none to declare. */
function visitPattern(
  node: SyntaxNode,
  scopes: { scope: Scope | undefined; into: Scope | undefined | 'assigned' },
  walk: Walk,
): void {
  const { scope, into } = scopes;
  if (node.type === 'Identifier') {
    if (into !== 'assigned') declare(identifierName(node), into, walk);
  } else if (node.type === 'MemberExpression') visitAssigned(node, scope, walk);
  else if (node.type === 'AssignmentPattern') {
    for (const left of present(child(node, 'left'))) visitPattern(left, scopes, walk);
    visitChild(node, 'right', scope, walk);
  } else if (node.type === 'Property') {
    if (node['computed'] === true) visitChild(node, 'key', scope, walk);
    for (const value of present(child(node, 'value'))) visitPattern(value, scopes, walk);
  } else eachChild(node, (part) => visitPattern(part, scopes, walk));
}

/** `a.b = 1`: what is assigned to cannot be read past its object. */
function visitAssigned(node: SyntaxNode, scope: Scope | undefined, walk: Walk): void {
  if (node.type === 'ParenthesizedExpression') {
    for (const inner of present(child(node, 'expression'))) visitAssigned(inner, scope, walk);
  } else if (node.type === 'MemberExpression') {
    const object = child(node, 'object');
    if (object?.type === 'Identifier') note(object, 'plain', [], { scope, walk });
    else if (object !== undefined) visit(object, scope, walk);
    if (node['computed'] === true) visitChild(node, 'property', scope, walk);
  } else if (node.type !== 'Identifier') visitPattern(node, { scope, into: 'assigned' }, walk);
}

interface Place {
  readonly scope: Scope | undefined;
  readonly walk: Walk;
}

function note(node: SyntaxNode, form: Reference['form'], members: Reference['members'], { scope, walk }: Place): void {
  const name = identifierName(node);
  if (name === undefined || !walk.names.has(name)) return;
  const constructed = walk.constructed.has(node.start) ? 'new' : form;
  const reference = { name, start: node.start, end: node.end, members, form: constructed };
  walk.found.push({ reference, scope });
}

const visitFunction: Visit = (node, scope, walk) => {
  if (node['async'] === true && node['generator'] === true) walk.needsCompiler = true;
  const inner: Scope = { outer: scope, isFunction: true, names: undefined };
  const name = identifierName(child(node, 'id'));
  declare(name, node.type === 'FunctionDeclaration' ? scope : inner, walk);
  for (const parameter of children(node, 'params')) visitPattern(parameter, { scope: inner, into: inner }, walk);
  // The body may declare anew what a parameter's default refers to from outside; that both do is too rare to tell apart.
  const body = child(node, 'body');
  if (body?.type === 'BlockStatement') for (const statement of children(body, 'body')) visit(statement, inner, walk);
  else if (body !== undefined) visit(body, inner, walk);
};

const visitClass: Visit = (node, scope, walk) => {
  const inner = blockScope(scope);
  declare(identifierName(child(node, 'id')), node.type === 'ClassDeclaration' ? scope : inner, walk);
  visitChild(node, 'superClass', inner, walk);
  visitChild(node, 'body', inner, walk);
};

const visitKeyed: Visit = (node, scope, walk) => {
  if (node['computed'] === true) visitChild(node, 'key', scope, walk);
  visitChild(node, 'value', scope, walk);
};

const visitProperty: Visit = (node, scope, walk) => {
  const value = child(node, 'value');
  if (node['shorthand'] === true && value?.type === 'Identifier') note(value, 'shorthand', [], { scope, walk });
  else visitKeyed(node, scope, walk);
};

const visitMember: Visit = (node, scope, walk) => {
  const chain = memberChain(node);
  if (chain === undefined) {
    if (isMeta(child(node, 'object')) && node['computed'] !== true) {
      const isUrl = identifierName(child(node, 'property')) === 'url';
      const end = isUrl ? node.end : (child(node, 'object')?.end ?? node.end);
      walk.metas.push({ start: node.start, end, isUrl });
      return;
    }
    visitChild(node, 'object', scope, walk);
    if (node['computed'] === true) visitChild(node, 'property', scope, walk);
    return;
  }
  note(chain.root, walk.called.has(node) ? 'called' : 'plain', chain.members, { scope, walk });
};

/** `a.b.c` from its innermost name. */
function memberChain(node: SyntaxNode): { root: SyntaxNode; members: { name: string; end: number }[] } | undefined {
  const members: { name: string; end: number }[] = [];
  let at: SyntaxNode | undefined = node;
  for (; at?.type === 'MemberExpression'; at = child(at, 'object')) {
    const property = child(at, 'property');
    if (at['computed'] === true || at['optional'] === true || property?.type !== 'Identifier') return undefined;
    members.unshift({ name: identifierName(property) ?? '', end: property.end });
  }
  return at?.type === 'Identifier' ? { root: at, members } : undefined;
}

function isMeta(node: SyntaxNode | undefined): boolean {
  return node?.type === 'MetaProperty' && identifierName(child(node, 'meta')) === 'import';
}

const visitCalled: Visit = (node, scope, walk) => {
  let callee = child(node, 'callee') ?? child(node, 'tag');
  while (callee?.type === 'ParenthesizedExpression') callee = child(callee, 'expression');
  if (callee !== undefined) walk.called.add(callee);
  if (callee?.type === 'Identifier') note(callee, 'called', [], { scope, walk });
  else if (callee !== undefined) visit(callee, scope, walk);
  for (const argument of children(node, 'arguments')) visit(argument, scope, walk);
  visitChild(node, 'quasi', scope, walk);
};

const VISITS: Readonly<Record<string, Visit | undefined>> = {
  Identifier: (node, scope, walk) => note(node, 'plain', [], { scope, walk }),
  MemberExpression: visitMember,
  CallExpression: visitCalled,
  TaggedTemplateExpression: visitCalled,
  NewExpression(node, scope, walk) {
    const callee = child(node, 'callee');
    if (callee !== undefined) walk.constructed.add(callee.start);
    eachChild(node, (inner) => visit(inner, scope, walk));
  },
  Property: visitProperty,
  PropertyDefinition: visitKeyed,
  MethodDefinition: visitKeyed,
  FunctionDeclaration: visitFunction,
  FunctionExpression: visitFunction,
  ArrowFunctionExpression: visitFunction,
  ClassDeclaration: visitClass,
  ClassExpression: visitClass,
  StaticBlock(node, scope, walk) {
    const inner: Scope = { outer: scope, isFunction: true, names: undefined };
    for (const statement of children(node, 'body')) visit(statement, inner, walk);
  },
  BlockStatement: inBlock,
  SwitchStatement: inBlock,
  ForStatement: inBlock,
  ForInStatement: visitFor,
  ForOfStatement: visitFor,
  CatchClause(node, scope, walk) {
    const inner = blockScope(scope);
    for (const parameter of present(child(node, 'param'))) visitPattern(parameter, { scope: inner, into: inner }, walk);
    visitChild(node, 'body', inner, walk);
  },
  VariableDeclaration(node, scope, walk) {
    const kind = node['kind'];
    if (kind === 'using' || kind === 'await using') walk.needsCompiler = true;
    const into = kind === 'var' ? functionScope(scope) : scope;
    for (const declarator of children(node, 'declarations')) {
      for (const id of present(child(declarator, 'id'))) visitPattern(id, { scope, into }, walk);
      visitChild(declarator, 'init', scope, walk);
    }
  },
  AssignmentExpression(node, scope, walk) {
    for (const left of present(child(node, 'left'))) visitAssigned(left, scope, walk);
    visitChild(node, 'right', scope, walk);
  },
  UpdateExpression(node, scope, walk) {
    for (const argument of present(child(node, 'argument'))) visitAssigned(argument, scope, walk);
  },
  UnaryExpression(node, scope, walk) {
    for (const argument of present(child(node, 'argument'))) {
      if (node['operator'] === 'delete') visitAssigned(argument, scope, walk);
      else visit(argument, scope, walk);
    }
  },
  AwaitExpression(node, scope, walk) {
    if (functionScope(scope) === undefined) walk.waits ??= node.start;
    visitChild(node, 'argument', scope, walk);
  },
  LabeledStatement: (node, scope, walk) => visitChild(node, 'body', scope, walk),
  BreakStatement: () => undefined,
  ContinueStatement: () => undefined,
  MetaProperty(node, _scope, walk) {
    if (isMeta(node)) walk.metas.push({ start: node.start, end: node.end, isUrl: false });
  },
  ImportExpression(node, scope, walk) {
    walk.dynamicImports.push(node);
    visitChild(node, 'source', scope, walk);
  },
};

function visitFor(node: SyntaxNode, scope: Scope | undefined, walk: Walk): void {
  if (node['await'] === true) walk.needsCompiler = true;
  if (node['await'] === true && functionScope(scope) === undefined) walk.waits ??= node.start;
  const inner = blockScope(scope);
  const left = child(node, 'left');
  if (left?.type === 'VariableDeclaration') visit(left, inner, walk);
  else if (left !== undefined) visitAssigned(left, inner, walk);
  visitChild(node, 'right', inner, walk);
  visitChild(node, 'body', inner, walk);
}

function present(node: SyntaxNode | undefined): SyntaxNode[] {
  return isNode(node) ? [node] : [];
}
