import { expect, test } from 'vitest';
import { interceptorsFor, type WorkflowClientInterceptor } from './interceptors.ts';

test('a list of interceptors is for all workflows, and factories make those of one', () => {
  const interceptor: WorkflowClientInterceptor = {};
  expect(interceptorsFor([interceptor], { workflowId: 'w' })).toEqual([interceptor]);
  const asked: string[] = [];
  const make = ({ workflowId }: { workflowId: string }): WorkflowClientInterceptor => {
    asked.push(workflowId);
    return interceptor;
  };
  expect(interceptorsFor({ calls: [make] }, { workflowId: 'w' })).toEqual([interceptor]);
  expect(asked).toEqual(['w']);
  expect(interceptorsFor({}, { workflowId: 'w' })).toEqual([]);
});
