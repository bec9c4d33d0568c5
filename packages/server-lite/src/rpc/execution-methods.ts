// Stand-in until the execution RPCs arrive: overwrite me.
import type { WorkflowHandlers } from './rpc.ts';
export const executionHandlers: WorkflowHandlers = {};
