import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { temporal } from '../index.ts';

const { DataBlob, Payload, Payloads } = temporal.api.common.v1;
const { Failure } = temporal.api.failure.v1;
const { ListWorkflowExecutionsResponse } = temporal.api.workflowservice.v1;

const empty = new Uint8Array(0);

test('what is not set reads as empty, and is no property', () => {
  const response = ListWorkflowExecutionsResponse.decode(empty);
  expect(response.executions.map((one) => one.status)).toEqual([]);
  expect(response.nextPageToken).toHaveLength(0);
  expect(Object.keys(response)).toEqual([]);
  expect(Failure.decode(empty).stackTrace).toBe('');
  expect(Failure.decode(empty).cause).toBeUndefined();
  expect(Payload.create().metadata).toEqual({});
});

test('messages inside of a message are of their classes too', () => {
  const bytes = Payloads.encode({ payloads: [{ data: new Uint8Array([1]) }, {}] }).finish();
  const [first, second] = Payloads.decode(bytes).payloads;
  expect(first?.data).toHaveLength(1);
  expect(second?.data).toHaveLength(0);
  const failure = Failure.decode(Failure.encode({ cause: { cause: { message: 'root' } } }).finish());
  expect(failure.cause?.message).toBe('');
  expect(failure.cause?.cause?.message).toBe('root');
});

test('lists and maps of several messages do not share what is empty', () => {
  const one = Payloads.decode(Payloads.encode({ payloads: [{}] }).finish());
  const none = Payloads.decode(empty);
  expect([one.payloads.length, none.payloads.length]).toEqual([1, 0]);
  const metadata = { a: new Uint8Array([1]), b: new Uint8Array() };
  expect(Object.keys(Payload.decode(Payload.encode({ metadata }).finish()).metadata)).toEqual(['a', 'b']);
  expect(Payload.decode(empty).metadata).toEqual({});
});

test('bytes are of the class of the source', () => {
  const bytes = Payload.encode({ data: Buffer.from('text') }).finish();
  expect(Payload.decode(Buffer.from(bytes)).data.toString()).toBe('text');
  expect(Buffer.isBuffer(Payload.decode(new Uint8Array(bytes)).data)).toBe(false);
});

test('the JSON of a message has enums by name and bytes as base64', () => {
  const blob = DataBlob.create({ encodingType: 1, data: new Uint8Array([0xde, 0xad]) });
  expect(JSON.stringify(blob)).toBe('{"encodingType":"ENCODING_TYPE_PROTO3","data":"3q0="}');
  expect(DataBlob.fromObject(JSON.parse(JSON.stringify(blob)) as object)).toEqual(blob);
  expect(DataBlob.toObject(blob)).toEqual({ encodingType: 1, data: new Uint8Array([0xde, 0xad]) });
  expect(() => DataBlob.fromObject({ encodingType: 'NOPE' })).toThrow(
    "encodingType: temporal.api.enums.v1.EncodingType has no value 'NOPE'",
  );
});

test('a oneof reads as the name of the field that is set', () => {
  const { HistoryEvent } = temporal.api.history.v1;
  const event = HistoryEvent.decode(HistoryEvent.encode({ timerFiredEventAttributes: { timerId: '1' } }).finish());
  expect(event).toHaveProperty('attributes', 'timerFiredEventAttributes');
  expect(HistoryEvent.create()).toHaveProperty('attributes', undefined);
  expect(HistoryEvent.toObject(event, { oneofs: true })).toEqual({
    timerFiredEventAttributes: { timerId: '1' },
    attributes: 'timerFiredEventAttributes',
  });
});

test('a plain object has what is not set, if that is asked for', () => {
  const payload = Payload.create({ data: new Uint8Array([1]) });
  const set = { data: 'AQ==' };
  expect(Payload.toObject(payload, { bytes: String })).toEqual(set);
  expect(Payload.toObject(payload, { bytes: String, objects: true })).toEqual({ ...set, metadata: {} });
  expect(Payload.toObject(payload, { bytes: String, defaults: true })).toEqual({
    ...set,
    metadata: {},
    externalPayloads: [],
  });
  const { WorkflowExecutionInfo } = temporal.api.workflow.v1;
  const info = WorkflowExecutionInfo.toObject({}, { defaults: true, longs: String, enums: String });
  expect(info).toMatchObject({
    historyLength: '0',
    status: 'WORKFLOW_EXECUTION_STATUS_UNSPECIFIED',
    memo: null,
    taskQueue: '',
  });
});

test('the URL of a type, and as many bytes as one says', () => {
  expect(Payload.getTypeUrl()).toBe('type.googleapis.com/temporal.api.common.v1.Payload');
  expect(Payload.getTypeUrl('here')).toBe('here/temporal.api.common.v1.Payload');
  const bytes = DataBlob.encode({ encodingType: 2 }).finish();
  expect(DataBlob.decode(new Uint8Array([...bytes, 8, 1]), bytes.length).encodingType).toBe(2);
});

test('a message behind its length', () => {
  const bytes = DataBlob.encodeDelimited({ encodingType: 2 }).finish();
  expect([...bytes]).toEqual([2, 8, 2]);
  expect(DataBlob.decodeDelimited(bytes).encodingType).toBe(2);
});

test('what is wrong with a value is told', () => {
  expect(DataBlob.verify({ encodingType: 1 })).toBeNull();
  expect(DataBlob.verify({ encodingType: 'x' })).toContain('encodingType');
});

test('classes are made by create, and tell of their fields', () => {
  const Class = DataBlob as unknown as new () => object;
  expect(() => new Class()).toThrow('temporal.api.common.v1.DataBlob.create() in place of new');
  expect(DataBlob.create()).toBeInstanceOf(Class);
  expect(DataBlob.fieldsArray.map(({ name, id, protoName }) => [name, id, protoName])).toEqual([
    ['encodingType', 1, 'encoding_type'],
    ['data', 2, 'data'],
  ]);
  expect(DataBlob.fieldsArray[0]?.resolvedType).toMatchObject({ values: { ENCODING_TYPE_JSON: 2 } });
});
