import type { EnumDescriptor } from './descriptors.ts';

/** Enums are exported by their own name; one that is nested in a message carries the names of its messages before it. */
export function enumExportName(fullName: string): string {
  const parts = fullName.split('.');
  const firstType = parts.findIndex((part) => /^[A-Z]/.test(part));
  return parts.slice(firstType).join('');
}

export function enumExportNames(enums: EnumDescriptor[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const { name } of enums) {
    const short = enumExportName(name);
    const other = taken.get(short);
    if (other !== undefined) throw new Error(`enums ${other} and ${name} would both be exported as ${short}`);
    taken.set(short, name);
    names.set(name, short);
  }
  return names;
}
