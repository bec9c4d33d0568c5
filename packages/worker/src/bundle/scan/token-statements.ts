/**
 * The statements at the top of a module that import, export or declare constants, as syntax nodes that hold as much as the
 * shape of a module asks for. Undefined where a statement has a form that is not known here.
 */
import type { SyntaxNode } from '../syntax-tree.ts';
import { TokenCursor } from './token-cursor.ts';
import { Punctuator, TokenType, type Tokens } from './tokens.ts';

export interface TokenStatements {
  readonly body: readonly SyntaxNode[];
  /** From a token to the one behind: lists of names, which are no references. */
  readonly lists: readonly (readonly [first: number, behind: number])[];
  /** The tokens that name what a declaration exports or what is made late. */
  readonly declared: ReadonlySet<number>;
}

const { openBrace, closeBrace, openParen, semicolon, comma, dot, assign, star } = Punctuator;
const { name, string } = TokenType;

export function tokenStatements(tokens: Tokens): TokenStatements | undefined {
  const reader = new StatementReader(tokens);
  return reader.read() ? reader : undefined;
}

const VARIABLES = new Set(['const', 'let', 'var']);
/** Where a statement without a semicolon has ended. */
const NEXT_STATEMENT = new Set(['import', 'export', ...VARIABLES]);

class StatementReader implements TokenStatements {
  readonly body: SyntaxNode[] = [];
  readonly lists: [number, number][] = [];
  readonly declared = new Set<number>();
  readonly #tokens: Tokens;
  readonly #cursor: TokenCursor;
  /** Whether something may be imported while the module runs, or ask for its `import.meta`. */
  readonly #mayImport: boolean;

  constructor(tokens: Tokens) {
    this.#tokens = tokens;
    this.#cursor = new TokenCursor(tokens);
    this.#mayImport = /\bimport\s*[.(/]/.test(tokens.code);
  }

  /** False when there is a doubt. */
  read(): boolean {
    const { types, closers } = this.#tokens;
    while (this.#cursor.at < types.length) {
      const token = this.#cursor.at;
      const word = types[token] === name && types[token - 1] !== dot ? this.#cursor.text(token) : '';
      const end = closers[token] ?? 0;
      this.#cursor.at++;
      if (word === 'import' && !this.#import(token)) return false;
      if (word === 'export' && !this.#export(token)) return false;
      if (word === 'const') {
        const declaration = this.#variables(token);
        if (declaration === undefined) return false;
        this.body.push(declaration);
      }
      if (end !== 0) {
        if (this.#mayImport && this.#mentionsImport(token, end)) return false;
        this.#cursor.at = end;
      }
    }
    return true;
  }

  #mentionsImport(from: number, to: number): boolean {
    const { types } = this.#tokens;
    for (let at = from; at < to; at++) {
      if (types[at] === name && types[at - 1] !== dot && this.#cursor.text(at) === 'import') return true;
    }
    return false;
  }

  #import(first: number): boolean {
    const specifiers: SyntaxNode[] = [];
    for (;;) {
      const type = this.#cursor.type(this.#cursor.at);
      if (type === string || this.#cursor.is(this.#cursor.at, 'from')) break;
      if (type === star && this.#cursor.is(this.#cursor.at + 1, 'as')) {
        specifiers.push(this.#specifier('ImportNamespaceSpecifier', this.#cursor.at + 2));
        this.#cursor.at += 3;
      } else if (type === openBrace) {
        const listed = this.#list('ImportSpecifier', ['imported', 'local']);
        if (listed === undefined) return false;
        specifiers.push(...listed);
      } else if (type === name) specifiers.push(this.#specifier('ImportDefaultSpecifier', this.#cursor.at++));
      else return false;
      if (this.#cursor.type(this.#cursor.at) === comma) this.#cursor.at++;
      else if (!this.#cursor.is(this.#cursor.at, 'from')) return false;
    }
    const source = this.#cursor.source();
    if (source === undefined) return false;
    this.body.push(this.#cursor.node('ImportDeclaration', first, { specifiers, source }));
    this.lists.push([first, this.#cursor.at]);
    return true;
  }

  #specifier(type: string, local: number): SyntaxNode {
    return { ...this.#cursor.identifier(local), type, local: this.#cursor.identifier(local) };
  }

  /** `{ a, b as c }`: `fields` names what stands before and after `as`. */
  #list(type: string, [outer, inner]: readonly [string, string]): SyntaxNode[] | undefined {
    const items: SyntaxNode[] = [];
    this.#cursor.at++;
    while (this.#cursor.type(this.#cursor.at) !== closeBrace) {
      const before = this.#cursor.at;
      if (this.#cursor.type(before) !== name) return undefined;
      const isRenamed = this.#cursor.is(before + 1, 'as') && this.#cursor.type(before + 2) === name;
      const after = isRenamed ? before + 2 : before;
      items.push(
        this.#cursor.node(type, before, {
          [outer]: this.#cursor.identifier(before),
          [inner]: this.#cursor.identifier(after),
        }),
      );
      this.#cursor.at = after + 1;
      if (this.#cursor.type(this.#cursor.at) === comma) this.#cursor.at++;
      else if (this.#cursor.type(this.#cursor.at) !== closeBrace) return undefined;
    }
    this.#cursor.at++;
    return items;
  }

  #export(first: number): boolean {
    const type = this.#cursor.type(this.#cursor.at);
    const statement =
      type === star
        ? this.#exportAll(first)
        : type === openBrace
          ? this.#exportList(first)
          : this.#cursor.is(this.#cursor.at, 'default')
            ? this.#exportDefault(first)
            : this.#exportDeclaration(first);
    if (statement === undefined) return false;
    this.body.push(statement);
    return true;
  }

  #exportAll(first: number): SyntaxNode | undefined {
    this.#cursor.at++;
    let exported: SyntaxNode | undefined;
    if (this.#cursor.is(this.#cursor.at, 'as') && this.#cursor.type(this.#cursor.at + 1) === name) {
      exported = this.#cursor.identifier(this.#cursor.at + 1);
      this.#cursor.at += 2;
    }
    const source = this.#cursor.source();
    this.lists.push([first, this.#cursor.at]);
    return source && this.#cursor.node('ExportAllDeclaration', first, { source, exported: exported ?? null });
  }

  #exportList(first: number): SyntaxNode | undefined {
    const specifiers = this.#list('ExportSpecifier', ['local', 'exported']);
    if (specifiers === undefined) return undefined;
    let source: SyntaxNode | undefined;
    if (this.#cursor.is(this.#cursor.at, 'from')) {
      source = this.#cursor.source();
      if (source === undefined) return undefined;
    } else this.#cursor.end();
    this.lists.push([first, this.#cursor.at]);
    return this.#cursor.node('ExportNamedDeclaration', first, {
      specifiers,
      source: source ?? null,
      declaration: null,
    });
  }

  #exportDefault(first: number): SyntaxNode {
    const begin = ++this.#cursor.at;
    const found = this.#functionOrClass(begin) ?? this.#cursor.node('Expression', begin);
    const declaration = { ...found, end: this.#tokens.code.length };
    return this.#cursor.node('ExportDefaultDeclaration', first, { declaration });
  }

  #exportDeclaration(first: number): SyntaxNode | undefined {
    const begin = this.#cursor.at++;
    let declaration = this.#functionOrClass(begin);
    if (declaration === undefined && this.#cursor.type(begin) === name && VARIABLES.has(this.#cursor.text(begin))) {
      declaration = this.#variables(begin);
      // All of its names have to be known.
      if (declaration?.['declarations'] === null) return undefined;
    }
    return (
      declaration && this.#cursor.node('ExportNamedDeclaration', first, { specifiers: [], source: null, declaration })
    );
  }

  /** `function name`, `async function name` or `class name`; only as a default they may go without one. */
  #functionOrClass(begin: number): SyntaxNode | undefined {
    const keyword = this.#cursor.is(begin, 'async') && this.#cursor.is(begin + 1, 'function') ? begin + 1 : begin;
    const isClass = this.#cursor.is(keyword, 'class');
    if (!isClass && !this.#cursor.is(keyword, 'function')) return undefined;
    const named = this.#cursor.type(keyword + 1) === star ? keyword + 2 : keyword + 1;
    const hasName = this.#cursor.type(named) === name && !this.#cursor.is(named, 'extends');
    if (hasName) this.declared.add(named);
    const type = isClass ? 'ClassDeclaration' : 'FunctionDeclaration';
    return this.#cursor.node(type, begin, { id: hasName ? this.#cursor.identifier(named) : null });
  }

  /** `const name = ...`. Without declarations if there are several, or a pattern. Goes on behind the name. */
  #variables(first: number): SyntaxNode | undefined {
    const kind = this.#cursor.text(first);
    const named = first + 1;
    const isSingle = this.#cursor.type(named) === name && this.#isSingle(named + 1);
    if (!isSingle) return { ...this.#cursor.node('VariableDeclaration', first, { kind }), declarations: null };
    this.declared.add(named);
    const hasValue = this.#cursor.type(named + 1) === assign;
    const init = hasValue ? this.#init(named) : null;
    if (init === undefined) return undefined;
    const declarator = this.#cursor.node('VariableDeclarator', named, { id: this.#cursor.identifier(named), init });
    return this.#cursor.node('VariableDeclaration', first, { kind, declarations: [declarator] });
  }

  /** Whether the statement that goes on at `from` declares nothing more. */
  #isSingle(from: number): boolean {
    const { types, closers } = this.#tokens;
    for (let at = from; at < types.length; at++) {
      const type = types[at];
      if (type === semicolon) return true;
      if (type === comma) return false;
      if (type === name && NEXT_STATEMENT.has(this.#cursor.text(at)) && types[at - 1] !== dot) return true;
      at = closers[at] || at;
    }
    return true;
  }

  /** A call or a construction where that is all of the value; undefined where it may be more or less. */
  #init(named: number): SyntaxNode | undefined {
    const { code, starts, ends } = this.#tokens;
    const first = named + 2;
    const isMarked = code.slice(ends[named], starts[first]).includes('__PURE__');
    if (!isMarked) return this.#cursor.node('Expression', first);
    const isNew = this.#cursor.is(first, 'new');
    const end = this.#callEnd(isNew ? first + 1 : first);
    return end !== undefined && this.#endsExpression(end)
      ? this.#cursor.node(isNew ? 'NewExpression' : 'CallExpression', first)
      : undefined;
  }

  #endsExpression(token: number): boolean {
    const type = this.#cursor.type(token);
    const goesOn = type === name && /^in(?:stanceof)?$/.test(this.#cursor.text(token));
    return type === undefined || type === semicolon || (type === name && !goesOn);
  }

  /** Behind `a.b(...)` or `(...)(...)`. */
  #callEnd(first: number): number | undefined {
    const { closers } = this.#tokens;
    let at = first;
    if (this.#cursor.type(at) === openParen) at = (closers[at] ?? at) + 1;
    else if (this.#cursor.type(at) === name) {
      at++;
      while (this.#cursor.type(at) === dot && this.#cursor.type(at + 1) === name) at += 2;
    } else return undefined;
    return this.#cursor.type(at) === openParen ? (closers[at] ?? at) + 1 : undefined;
  }
}
