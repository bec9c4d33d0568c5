import { defaultDataConverter, defaultPayloadConverter } from '@reprise/common';
import { WorkflowExecutionStatus } from '@reprise/proto';
import { expect, it } from 'vitest';
import { decodeCountWorkflowExecutionsResponse, executionInfoFromRaw } from './execution-info.ts';

it('reads what servers say of workflows', async () => {
  const raw = {
    execution: { workflowId: 'w', runId: 'r' },
    type: { name: 'order' },
    status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
    startTime: { seconds: 1 },
    memo: { fields: { a: defaultPayloadConverter.toPayload(1) } },
  };
  const info = await executionInfoFromRaw(raw, defaultDataConverter, 'whole', 'namespace');
  expect(info).toMatchObject({
    type: 'order',
    workflowId: 'w',
    status: { name: 'RUNNING' },
    memo: { a: 1 },
    raw: 'whole',
  });
  expect(decodeCountWorkflowExecutionsResponse({ count: 3 })).toEqual({ count: 3, groups: [] });
});
