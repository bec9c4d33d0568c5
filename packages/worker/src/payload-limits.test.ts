import { CommandType } from '@reprise/proto';
import { expect, it } from 'vitest';
import { findOversize, type PayloadLimits } from './payload-limits.ts';

const limits: PayloadLimits = { maxPayloadBytes: 100, maxMemoBytes: 50, warnPayloadBytes: 40, warnMemoBytes: 10 };
const payload = (bytes: number) => ({ data: new Uint8Array(bytes) });
const completion = (bytes: number) => ({
  commandType: CommandType.COMMAND_TYPE_UNSPECIFIED,
  completeWorkflowExecutionCommandAttributes: { result: { payloads: [payload(bytes)] } },
});
const memo = (bytes: number) => ({
  commandType: CommandType.COMMAND_TYPE_UNSPECIFIED,
  modifyWorkflowPropertiesCommandAttributes: { upsertedMemo: { fields: { note: payload(bytes) } } },
});

it.each([
  [completion(40), undefined],
  [completion(41), { isError: false, message: expect.stringContaining('41 bytes, limit 40 bytes') as string }],
  [completion(101), { isError: true, message: expect.stringContaining('101 bytes, limit 100 bytes') as string }],
  [memo(10), undefined],
  [memo(11), { isError: false, message: expect.stringContaining('limit 10 bytes') as string }],
  [memo(51), { isError: true, message: expect.stringContaining('limit 50 bytes') as string }],
])('finds what is too large in %j', (command, found) => {
  expect(findOversize([command], limits)).toEqual(found);
});

it('gives no warning where none is wanted', () => {
  const silent = { ...limits, warnPayloadBytes: 0, warnMemoBytes: 0 };
  expect(findOversize([completion(90), memo(40)], silent)).toBeUndefined();
  expect(findOversize([completion(101)], silent)?.isError).toBe(true);
});
