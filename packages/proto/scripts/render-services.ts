import type { ServiceDescriptor } from './descriptors.ts';

export function renderServices(services: ServiceDescriptor[]): string {
  return [
    "import type { MethodDefinition } from '../transport.ts';",
    "import type { google, grpc, temporal } from './messages.ts';",
    '',
    ...services.flatMap(renderService),
  ].join('\n');
}

function renderService({ name, methods }: ServiceDescriptor): string[] {
  return [
    `/** The methods of \`${name}\`. */`,
    `export interface ${name.split('.').at(-1)}Methods {`,
    ...methods.map(
      (method) =>
        `  readonly ${method.name.charAt(0).toLowerCase()}${method.name.slice(1)}: MethodDefinition<${method.requestType}, ${method.responseType}>;`,
    ),
    '}',
    '',
  ];
}
