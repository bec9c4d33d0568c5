/** Reads an ES module by its tokens, for as much as its shape and the scope pass ask for. */
import type { Edit } from '../edits.ts';
import type { ModuleText } from '../esm-shape.ts';
import { scopeEdits } from './scope-edits.ts';
import { tokenReferences } from './token-references.ts';
import { tokenStatements } from './token-statements.ts';
import { Punctuator, textOf, tokensOf, TokenType, type Tokens } from './tokens.ts';

export interface ScannedModule extends ModuleText {
  /** What the scope pass changes. */
  readonly scoped: readonly Edit[];
}

const USING = /\busing\s+[\w$]/;

/** `using x = ...`, which has to be compiled. */
function declaresUsing(tokens: Tokens): boolean {
  return tokens.types.some(
    (type, token) =>
      type === TokenType.name && tokens.types[token + 1] === TokenType.name && textOf(tokens, token) === 'using',
  );
}

/** `require(...)`, not that of an object. */
function requires(tokens: Tokens): boolean {
  const { types } = tokens;
  return types.some(
    (type, token) =>
      type === TokenType.name &&
      types[token + 1] === Punctuator.openParen &&
      types[token - 1] !== Punctuator.dot &&
      textOf(tokens, token) === 'require',
  );
}

/** Undefined for a module that has to be parsed: one that awaits, imports while it runs, or leaves a doubt. */
export function scanModule(
  code: string,
  { isScoped, mayRequire }: { isScoped: boolean; mayRequire: boolean },
): ScannedModule | undefined {
  const tokens = tokensOf(code);
  if (tokens === undefined) return undefined;
  if ((mayRequire && requires(tokens)) || (USING.test(code) && declaresUsing(tokens))) return undefined;
  const scoped = isScoped ? scopeEdits(tokens) : [];
  const statements = scoped && tokenStatements(tokens);
  if (scoped === undefined || statements === undefined) return undefined;
  const { body, lists, declared } = statements;
  return {
    body,
    scoped,
    referencesTo(names) {
      let list = 0;
      const references = tokenReferences(tokens, names, (token) => {
        while (list < lists.length && (lists[list]?.[1] ?? 0) <= token) list++;
        return token >= (lists[list]?.[0] ?? Infinity) || declared.has(token);
      });
      return references && { references, dynamicImports: [], metas: [], needsCompiler: false, waits: undefined };
    },
  };
}
