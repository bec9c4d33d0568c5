/**
 * The exports of a module by its lines, without a syntax tree: what packages publish has each import and export at the
 * beginning of a line. Gives undefined where that is in doubt.
 */
import type { ExportSource, ExportTable } from './export-table.ts';

export interface QuickExportTable extends ExportTable {
  /** False when there may be more names than were found. */
  readonly isComplete: boolean;
}

interface Found {
  readonly names: Map<string, ExportSource>;
  readonly stars: string[];
  readonly imported: Map<string, ExportSource>;
  /** Exports of local names, which may be imports. */
  readonly locals: { local: string; name: string }[];
  isComplete: boolean;
}

type Groups = readonly (string | undefined)[];

const NAME = String.raw`([\w$]+)`;
const COMMENT = String.raw`(?:/\*[^*]*\*/\s*)?`;
const LIST = String.raw`\s*\{([^{}"']*)\}`;
const FROM = String.raw`\s*from\s*["']([^"'\\\n]+)["']`;

const from = (specifier: string | undefined, name: string): ExportSource => ({
  kind: 'from',
  specifier: specifier ?? '',
  name,
});

/** The forms that a statement may have, and what is learnt of each. */
const FORMS: readonly (readonly [form: string, note: (found: Found, groups: Groups) => void])[] = [
  [String.raw`export\s*\*${FROM}`, ({ stars }, [, specifier = '']) => void stars.push(specifier)],
  [
    String.raw`export\s*\*\s*as\s+${NAME}${FROM}`,
    ({ names }, [, name = '', specifier]) => void names.set(name, from(specifier, '*')),
  ],
  [
    `export${LIST}${FROM}`,
    ({ names }, [, list, specifier]) => {
      for (const { local, name } of listed(list)) names.set(name, from(specifier, local));
    },
  ],
  [`export${LIST}(?!\\s*from)`, ({ locals }, [, list]) => void locals.push(...listed(list))],
  [
    String.raw`export\s+${COMMENT}(?:async\s+)?(?:function\s*\*?|class)\s*${NAME}`,
    ({ names }, [, name = '']) => void names.set(name, { kind: 'own' }),
  ],
  [
    String.raw`export\s+${COMMENT}(?:const|let|var)\s+${NAME}\s*[=;]`,
    (found, [, name = '']) => {
      found.names.set(name, { kind: 'own' });
      found.isComplete = false;
    },
  ],
  [String.raw`export\s+default\b`, ({ names }) => void names.set('default', { kind: 'own' })],
  [String.raw`import\s+${NAME}${FROM}`, noteImport],
  [
    String.raw`import\s+(?:${NAME}\s*,)?\s*\*\s*as\s+${NAME}${FROM}`,
    ({ imported }, [, byDefault, all = '', specifier]) => {
      imported.set(all, from(specifier, '*'));
      if (byDefault !== undefined) imported.set(byDefault, from(specifier, 'default'));
    },
  ],
  [
    String.raw`import(?:\s+${NAME}\s*,)?${LIST}${FROM}`,
    (found, [, byDefault, list, specifier]) => {
      for (const { local, name } of listed(list)) found.imported.set(name, from(specifier, local));
      if (byDefault !== undefined) noteImport(found, ['', byDefault, specifier]);
    },
  ],
  [String.raw`import\s*["'][^"'\n]+["']`, () => undefined],
];
const COMPILED = FORMS.map(([form, note]) => ({ form: new RegExp(form, 'my'), note }));

/** Any place where an import or an export may begin. */
const ANY = /^[ \t]*(?:import|export)\b|[;}][ \t]*(?:import|export)\b/gm;

export function quickExportTable(source: string): QuickExportTable | undefined {
  const found: Found = { names: new Map(), stars: [], imported: new Map(), locals: [], isComplete: true };
  const ticks = tickCounter(source);
  for (const { 0: text, index } of source.matchAll(ANY)) {
    const isWithin = isInComment(source, index) || ticks(index) % 2 === 1;
    if (!/^[ie]/.test(text) || isWithin || !noteStatement(source, index, found)) return undefined;
  }
  const { names, stars, imported, locals, isComplete } = found;
  for (const { local, name } of locals) names.set(name, imported.get(local) ?? { kind: 'own' });
  return { names, stars, isComplete };
}

function noteStatement(source: string, index: number, found: Found): boolean {
  for (const { form, note } of COMPILED) {
    form.lastIndex = index;
    const groups = form.exec(source);
    if (groups === null) continue;
    note(found, groups);
    return true;
  }
  return false;
}

function noteImport({ imported }: Found, [, local = '', specifier]: Groups): void {
  imported.set(local, from(specifier, 'default'));
}

/** `a, b as c`. For imports, `local` is the name in the other module. */
function listed(list = ''): { local: string; name: string }[] {
  const items = list.replace(/\/\/.*$|\/\*[^]*?\*\//gm, '').split(',');
  return items.flatMap((item) => {
    const [local = '', name = local] = item.trim().split(/\s+as\s+/);
    return local === '' ? [] : [{ local, name }];
  });
}

/** Whether a comment is open at a place, as far as can be told without reading everything. */
function isInComment(source: string, index: number): boolean {
  const opened = source.lastIndexOf('/*', index);
  return opened !== -1 && source.indexOf('*/', opened) > index;
}

/** How many backticks there are before a place; places are asked for in order. After an odd number a template is open. */
function tickCounter(source: string): (index: number) => number {
  let ticks = 0;
  let at = source.indexOf('`');
  return (index) => {
    for (; at !== -1 && at < index; at = source.indexOf('`', at + 1)) ticks++;
    return ticks;
  };
}
