import { expect, test } from 'vitest';
import { defaultPayloadConverter } from './default-payload-converter.ts';
import { loadDataConverter, type DataConverter } from './data-converter.ts';

const modules: Readonly<Record<string, unknown>> = {
  good: { payloadConverter: defaultPayloadConverter },
  empty: {},
  wrong: { payloadConverter: { toPayload: 1 } },
};
const load = (converter: DataConverter) => loadDataConverter(converter, (path) => modules[path]);

test('a converter is what its module exports', () => {
  expect(load({ payloadConverterPath: 'good' }).payloadConverter).toBe(defaultPayloadConverter);
  expect(() => load({ payloadConverterPath: 'empty' })).toThrow('does not have a `payloadConverter` named export');
  expect(() => load({ payloadConverterPath: 'wrong' })).toThrow('toPayload and fromPayload');
  expect(() => load({ failureConverterPath: 'empty' })).toThrow('does not have a `failureConverter` named export');
});

test('a module that is missing is named with its option', () => {
  const missing = Object.assign(new Error("Cannot find module '/no/converter.js'"), { code: 'MODULE_NOT_FOUND' });
  const fail = (): never => {
    throw missing;
  };
  expect(() => loadDataConverter({ payloadConverterPath: '/no/converter.js' }, fail)).toThrow(
    "Could not find a file at the specified payloadConverterPath: '/no/converter.js'.",
  );
  // What the module itself cannot find is another matter.
  expect(() => loadDataConverter({ failureConverterPath: '/own/converter.js' }, fail)).toThrow(missing);
});

test('what a data converter cannot do is refused', () => {
  expect(() => load({ externalStorage: {} } as DataConverter)).toThrow(
    'dataConverter.externalStorage must be an ExternalStorage',
  );
  expect(() => load({ payloadCodec: [] } as DataConverter)).toThrow('dataConverter.payloadCodec is not supported');
});
