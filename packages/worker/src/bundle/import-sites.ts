/**
 * The imports of a module as the compiler wrote them: a variable for each imported module, and the places where something
 * is read from it. From these an import can be led past files that only re-export, and evaluated when it is first used.
 *
 * The compiler gives these variables names that nothing else in the module has.
 */
export interface ImportSite {
  readonly specifier: string;
  /** The value of the variable, from after `=` to before the semicolon. */
  readonly start: number;
  readonly end: number;
  readonly reads: readonly ImportRead[];
}

/** `_x.name`, from `_x` to the end of the name. */
export interface ImportRead {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

const DECLARATION =
  /^const (_\w+) = ((?:\/\*#__PURE__\*\/ )?(?:_interop_require_(?:default|wildcard)\._\()?require\("((?:[^"\\\n]|\\.)+)"\)\)?);$/gm;

/** The imports of which only named things are read. An import that is used as a whole has no site. */
export function importSites(code: string): ImportSite[] {
  const declared = new Map<string, { specifier: string; start: number; end: number; reads: ImportRead[] }>();
  for (const match of code.matchAll(DECLARATION)) {
    const [, variable = '', value = '', specifier = ''] = match;
    const start = match.index + `const ${variable} = `.length;
    declared.set(variable, { specifier, start, end: start + value.length, reads: [] });
  }
  if (declared.size === 0) return [];
  const mentions = new RegExp(
    `(?<![\\w$]|(?<!\\.\\.)\\.)(${[...declared.keys()].join('|')})(?:\\.([\\w$]+)|(?![\\w$]))`,
    'g',
  );
  const whole = new Set<string>();
  for (const match of code.matchAll(mentions)) {
    const [text, variable = '', name] = match;
    const site = declared.get(variable);
    if (site === undefined || code.startsWith(`const ${variable} = `, match.index - 'const '.length)) continue;
    if (name === undefined) whole.add(variable);
    else site.reads.push({ start: match.index, end: match.index + text.length, name });
  }
  return [...declared].flatMap(([variable, site]) => (whole.has(variable) ? [] : [site]));
}
