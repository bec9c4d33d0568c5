import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Makes a module its own default export: the statement for the module whose file is called so. */
export function defaultOfItself(file: string): string {
  return `export * as default from './${file}';`;
}

/** Says in a declaration file that the module is its own default export. */
export function declareDefault(file: string): void {
  const text = readFileSync(file, 'utf8');
  const statement = defaultOfItself(basename(file).replace(/\.d\.ts$/, '.js'));
  if (text.includes(statement)) return;
  const [declared = '', sourceMap = ''] = text.split(/^(?=\/\/# sourceMappingURL=)/m);
  writeFileSync(file, `${declared}${statement}\n${sourceMap}`);
}
