/**
 * Constants of a module that are made when they are first used. Authors mark calls without side effects, so that bundlers
 * may leave them out; a module of many classes, of which a workflow needs three, makes just these for each run.
 */
import { blankEdits, type Edit } from './edits.ts';
import { child, children, identifierName, type SyntaxNode } from './syntax-tree.ts';

export interface LateConstant {
  /** An expression that gives the value. */
  readonly read: string;
  /** What makes the declaration a late one. */
  readonly edits: readonly Edit[];
}

const MARK = /\/\*\s*[@#]__PURE__\s*\*\/\s*$/;

/** The constants, by name, of a module's statements at the top. */
export function lateConstants(code: string, body: readonly SyntaxNode[]): Map<string, LateConstant> {
  const found = new Map<string, LateConstant>();
  for (const statement of body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? child(statement, 'declaration') : statement;
    if (declaration?.type !== 'VariableDeclaration' || declaration['kind'] !== 'const') continue;
    const [declarator, ...others] = children(declaration, 'declarations');
    const id = declarator && child(declarator, 'id');
    const init = declarator && child(declarator, 'init');
    const name = identifierName(id);
    if (id === undefined || init === undefined || name === undefined || others.length > 0) continue;
    if (init.type !== 'CallExpression' && init.type !== 'NewExpression') continue;
    if (!MARK.test(code.slice(id.end, init.start))) continue;
    const maker = `__r_${name}`;
    found.set(name, {
      read: `__rk(${name},${maker})`,
      edits: blankEdits(code, statement.start, id.end, `let ${name}=__ru,${maker}=()=>${name}`),
    });
  }
  return found;
}
