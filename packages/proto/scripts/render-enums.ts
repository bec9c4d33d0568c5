import type { EnumDescriptor } from './descriptors.ts';
import { enumExportNames } from './enum-names.ts';

export function renderEnums(enums: EnumDescriptor[]): string {
  const names = enumExportNames(enums);
  return enums.map((descriptor) => renderEnum(names.get(descriptor.name) ?? descriptor.name, descriptor)).join('\n');
}

function renderEnum(name: string, descriptor: EnumDescriptor): string {
  const rows = descriptor.values.map(([value, number]) => `  ${value}: ${number},`);
  return [
    `/** \`${descriptor.name}\` */`,
    `export const ${name} = {`,
    ...rows,
    '} as const;',
    `export type ${name} = (typeof ${name})[keyof typeof ${name}];`,
    '',
  ].join('\n');
}
