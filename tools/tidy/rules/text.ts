import type { Source } from '../sources.ts';

const banned: [RegExp, string][] = [
  [/\b(TODO|FIXME|XXX)\b/, 'finish it, or open an issue and leave no note'],
  [/@ts-(ignore|nocheck)/, 'mend the type'],
  [/\bnot (yet )?implemented\b/i, 'do it, or say in the error what cannot be done and why'],
  [/^\s*\/\/\s*[-=*#]{5,}/, 'no section banners: split the file'],
  [/\boxlint-disable(?!-next-line [a-z/-]+ -- \S)/, 'only for the next line, with the rule and the reason after "--"'],
];

/** How a test says that the compiler must refuse the next line, and why. */
const expectedTypeError = /^\s*\/\/ @ts-expect-error \w/;

/** What must not be left in a file that is committed. */
export function text({ path, text: content, exportsAll }: Source): string[] {
  if (path === 'tools/tidy/rules/text.ts' || path === 'tools/tidy/tidy.test.ts') return [];
  const found = content.split('\n').flatMap((line, index) =>
    banned
      .filter(([pattern]) => pattern.test(line) && !(path.endsWith('.test.ts') && expectedTypeError.test(line)))
      .map(([pattern, advice]) => {
        const match = pattern.exec(line)?.[0].trim();
        return `${path}:${index + 1}: "${match}": ${advice}`;
      }),
  );
  return [...found, ...exportsAll.map((line) => `${path}:${line}: export names one by one, not "export *"`)];
}
