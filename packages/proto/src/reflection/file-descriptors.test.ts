import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { allMessageNames, messageSchema } from '../schema.ts';
import { type DescribedFile, describedFile, fileWithSymbol } from './file-descriptors.ts';
import { decodeReflectionRequest, encodeReflectionResponse } from './reflection-messages.ts';

/** What an independent reader of descriptors makes of them. */
interface ReadType {
  readonly fieldsArray: readonly {
    readonly name: string;
    readonly id: number;
    readonly repeated: boolean;
    readonly map: boolean;
    readonly partOf: { readonly name: string } | null;
    resolve(): { readonly type: string; readonly resolvedType: { readonly fullName: string } | null };
  }[];
}
interface Reader {
  readonly FileDescriptorSet: { decode(bytes: Uint8Array): object };
}
interface ReaderRoot {
  lookupType(name: string): ReadType;
  lookupService(name: string): { readonly methodsArray: readonly { readonly name: string }[] };
}

const neighbour = createRequire(createRequire(import.meta.url).resolve('@temporalio/proto'));
const reader = neighbour('protobufjs/ext/descriptor') as Reader;
const { Root } = neighbour('protobufjs') as { Root: { fromDescriptor(set: object): ReaderRoot } };

function withDependencies(files: readonly DescribedFile[], found = new Map<string, DescribedFile>()) {
  for (const file of files) {
    if (found.has(file.name)) continue;
    found.set(file.name, file);
    withDependencies(
      file.dependencies.flatMap((name) => describedFile(name) ?? []),
      found,
    );
  }
  return [...found.values()];
}

function readBack(files: readonly DescribedFile[]): ReaderRoot {
  const set = files.flatMap(({ bytes }) => {
    const length: number[] = [];
    for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
      if (rest < 128) return [0x0a, ...length, rest, ...bytes];
      length.push((rest & 127) | 128);
    }
  });
  return Root.fromDescriptor(reader.FileDescriptorSet.decode(Uint8Array.from(set)));
}

describe('descriptors', () => {
  const all = withDependencies(
    ['temporal.api.workflowservice.v1.WorkflowService', 'temporal.api.operatorservice.v1.OperatorService'].flatMap(
      (name) => fileWithSymbol(name) ?? [],
    ),
  );
  const root = readBack(all);
  const described = allMessageNames().filter((name) => all.includes(fileWithSymbol(name) as DescribedFile));

  test('are read as what they were made of', () => {
    expect(described.length).toBeGreaterThan(600);
    for (const name of described) {
      const read = root.lookupType(name).fieldsArray.map((one) => {
        const { type, resolvedType } = one.resolve();
        const isOptional = one.partOf === null || one.partOf.name.startsWith('_');
        return {
          name: one.name,
          number: one.id,
          type: resolvedType?.fullName.slice(1) ?? type,
          many: one.repeated || one.map,
          oneof: isOptional ? undefined : one.partOf?.name,
        };
      });
      const made = messageSchema(name).fields.map(({ name: fieldName, number, type, presence, oneof }) => ({
        name: fieldName,
        number,
        type,
        many: presence === 'repeated' || presence === 'packed' || presence === 'map',
        oneof: oneof?.startsWith('_') === true ? undefined : oneof,
      }));
      expect({ name, fields: read.toSorted((a, b) => a.number - b.number) }).toEqual({ name, fields: made });
    }
  });

  test('have the services with their methods', () => {
    const { methodsArray } = root.lookupService('temporal.api.workflowservice.v1.WorkflowService');
    expect(methodsArray.map(({ name }) => name)).toContain('StartWorkflowExecution');
  });

  test('are found by the names of what is in them', () => {
    const name = 'temporal/api/common/v1/all.proto';
    expect(fileWithSymbol('temporal.api.common.v1.Payload')?.name).toBe(name);
    expect(fileWithSymbol('temporal.api.enums.v1.EventType')?.name).toBe('temporal/api/enums/v1/all.proto');
    expect(fileWithSymbol('grpc.health.v1.Health.Check')?.name).toBe('grpc/health/v1/all.proto');
    expect(fileWithSymbol('google.protobuf.Timestamp')?.name).toBe('google/protobuf/timestamp.proto');
    expect(fileWithSymbol('temporal.api.common.v1.Nothing')).toBeUndefined();
    expect(describedFile('other.proto')).toBeUndefined();
  });
});

describe('messages of reflection', () => {
  const requestOf = (number: number, value: string) =>
    Uint8Array.from([0x0a, 1, 120, (number << 3) | 2, value.length, ...Buffer.from(value)]);

  test.each([
    [requestOf(3, 'a.proto'), { kind: 'fileByName', value: 'a.proto' }],
    [requestOf(4, 'a.B'), { kind: 'fileWithSymbol', value: 'a.B' }],
    [requestOf(7, ''), { kind: 'listServices', value: '' }],
    [requestOf(6, 'a.B'), { kind: 'other' }],
    [Uint8Array.from([0x08, 1]), { kind: 'other' }],
    [Uint8Array.from([0x22, 255, 255, 255, 255, 255]), { kind: 'fileWithSymbol' }],
    [new Uint8Array(), { kind: 'other' }],
  ])('%j is read', (bytes, request) => {
    expect(decodeReflectionRequest(bytes)).toMatchObject(request);
  });

  test('answers repeat what was asked', () => {
    const request = decodeReflectionRequest(requestOf(7, ''));
    const answer = encodeReflectionResponse(request, { kind: 'services', names: ['a.B'] });
    expect([...answer]).toEqual([0x12, 5, 0x0a, 1, 120, 0x3a, 0, 0x32, 7, 0x0a, 5, 0x0a, 3, 97, 46, 66]);
  });
});
