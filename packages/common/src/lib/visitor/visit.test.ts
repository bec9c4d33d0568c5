import { expect, test } from 'vitest';
import { defaultPayloadConverter as converter } from '../../converter/default-payload-converter.ts';
import { visit, walkGetWorkflowExecutionHistoryResponse, type VisitOptions } from '../internal-non-workflow.ts';
import type { Payload } from '../../payload-shape.ts';

const payload = (value: unknown): Payload => converter.toPayload(value);
const valuesOf = (payloads: Payload[]): unknown[] => payloads.map((one) => converter.fromPayload(one));

function history() {
  return {
    events: [
      {
        workflowExecutionStartedEventAttributes: {
          input: { payloads: [payload(1), payload(2)] },
          memo: { fields: { note: payload('memo') } },
          header: { fields: { trace: payload('header') } },
          searchAttributes: { indexedFields: { City: payload('search attribute') } },
        },
        userMetadata: { summary: payload('summary') },
      },
      { workflowTaskStartedEventAttributes: {} },
      {
        workflowExecutionFailedEventAttributes: {
          failure: {
            cause: { applicationFailureInfo: { details: { payloads: [payload('details')] } } },
            encodedAttributes: payload('attributes'),
          },
        },
      },
    ],
  };
}

/** Adds what it meets to a list, in the order of the transforms. */
function noting(met: unknown[], more: Partial<VisitOptions<string>> = {}): VisitOptions<string> {
  return {
    transformPayload: async (one, context) => {
      met.push([context, converter.fromPayload(one)]);
      return one;
    },
    transformPayloads: async (many, context) => {
      met.push([context, ...valuesOf(many)]);
      return many;
    },
    ...more,
  };
}

test('every payload is met, with the context of the messages around it', async () => {
  const met: unknown[] = [];
  const types: string[] = [];
  let events = 0;
  const deriveContext = (_message: object, type: string, context: string): string => {
    types.push(type);
    return type === 'temporal.api.history.v1.HistoryEvent' ? `event ${++events}` : context;
  };
  await visit({ history: history() }, walkGetWorkflowExecutionHistoryResponse, noting(met, { deriveContext }));
  expect(met).toEqual([
    ['event 1', 'summary'],
    ['event 1', 1, 2],
    ['event 1', 'memo'],
    ['event 1', 'search attribute'],
    ['event 1', 'header'],
    ['event 3', 'attributes'],
    ['event 3', 'details'],
  ]);
  expect(events).toBe(3);
  expect(types).toContain('temporal.api.failure.v1.ApplicationFailureInfo');
});

test('headers and search attributes are left out on request', async () => {
  const met: unknown[] = [];
  const options = noting(met, { skipHeaders: true, skipSearchAttributes: true, initialContext: 'all' });
  await visit({ history: history() }, walkGetWorkflowExecutionHistoryResponse, options);
  expect(JSON.stringify(met)).not.toMatch(/header|search/);
  expect(met).toContainEqual(['all', 'memo']);
});

test('what the transforms give takes the place of the payloads', async () => {
  const message = { history: history() };
  await visit(message, walkGetWorkflowExecutionHistoryResponse, {
    transformPayload: async () => payload('one'),
    transformPayloads: async () => [payload('a'), payload('b'), payload('c')],
  });
  const started = message.history.events[0]?.workflowExecutionStartedEventAttributes;
  expect(valuesOf(started?.input.payloads ?? [])).toEqual(['a', 'b', 'c']);
  expect(valuesOf(Object.values(started?.memo.fields ?? {}))).toEqual(['one']);
});

test('the first failure ends the visit, and nothing is begun after it', async () => {
  let calls = 0;
  const fails = async (): Promise<never> => {
    calls++;
    throw new Error('codec failed');
  };
  const options = { transformPayload: fails, transformPayloads: fails };
  const visited = visit({ history: history() }, walkGetWorkflowExecutionHistoryResponse, options);
  await expect(visited).rejects.toThrow('codec failed');
  expect(calls).toBe(1);
});

test('a visit that was aborted does nothing', async () => {
  const met: unknown[] = [];
  const abortSignal = AbortSignal.abort(new Error('too late'));
  const visited = visit({ history: history() }, walkGetWorkflowExecutionHistoryResponse, noting(met, { abortSignal }));
  await expect(visited).rejects.toThrow('too late');
  expect(met).toEqual([]);
});
