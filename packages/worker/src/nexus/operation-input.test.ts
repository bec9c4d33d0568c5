import {
  ApplicationFailure,
  createPayloadValidationError,
  defaultDataConverter,
  defaultPayloadConverter,
  type LoadedDataConverter,
} from '@reprise/common';
import { HandlerError } from 'nexus-rpc';
import { expect, it } from 'vitest';
import { decodeOperationInput } from './operation-input.ts';

const payload = defaultPayloadConverter.toPayload('input');
const invalid = createPayloadValidationError('not a name');

function thrower(error: Error): () => never {
  return () => {
    throw error;
  };
}

function withCodec(error: Error): LoadedDataConverter {
  return { ...defaultDataConverter, payloadCodecs: [{ encode: thrower(error), decode: thrower(error) }] };
}

function withConverter(error: Error): LoadedDataConverter {
  return { ...defaultDataConverter, payloadConverter: { toPayload: thrower(error), fromPayload: thrower(error) } };
}

async function thrownBy(converter: LoadedDataConverter): Promise<unknown> {
  return await decodeOperationInput(converter, payload).then(
    () => undefined,
    (error: unknown) => error,
  );
}

it('gives the value, or undefined where there is none', async () => {
  expect(await decodeOperationInput(defaultDataConverter, payload)).toBe('input');
  expect(await decodeOperationInput(defaultDataConverter, undefined)).toBeUndefined();
});

it('gives the value of a declared type', async () => {
  const typeInfo = { transferTypeConverter: { toTransferType: String, fromTransferType: (text: unknown) => [text] } };
  expect(await decodeOperationInput(defaultDataConverter, payload, typeInfo)).toEqual(['input']);
});

it('blames the caller for what a converter cannot read, and not for what a codec cannot', async () => {
  const cause = new Error('broken');
  expect(await thrownBy(withConverter(cause))).toMatchObject({
    type: 'BAD_REQUEST',
    message: 'Payload converter failed to decode Nexus operation input',
    cause,
  });
  expect(await thrownBy(withCodec(cause))).toMatchObject({
    type: 'INTERNAL',
    message: 'Payload codec failed to decode Nexus operation input',
    cause,
  });
});

it('blames the caller for what either calls invalid', async () => {
  for (const converter of [withCodec(invalid), withConverter(invalid)]) {
    const thrown = await thrownBy(converter);
    expect(thrown).toBeInstanceOf(HandlerError);
    expect(thrown).toMatchObject({ type: 'BAD_REQUEST', message: 'Invalid operation input', cause: invalid });
  }
});

it('lets through what says by itself how it is meant', async () => {
  const failure = ApplicationFailure.create({ message: 'later', type: 'PayloadValidationError' });
  expect(await thrownBy(withConverter(failure))).toBe(failure);
  const error = new HandlerError('NOT_FOUND', 'no key');
  expect(await thrownBy(withCodec(error))).toBe(error);
});
