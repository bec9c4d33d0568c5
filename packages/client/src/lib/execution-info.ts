export { decodeCountResponse as decodeCountWorkflowExecutionsResponse } from '../workflow/list-workflows.ts';
export { executionInfoFromRaw } from '../workflow/execution-info-from-raw.ts';
