import { CompleteAsyncError, activityInfo } from '@reprise/activity';

/** The task tokens of activities that wait to be completed, by the id of their workflow. */
export const waiting = new Map<string, Uint8Array>();

export const activities = {
  waitForCompletion: async (): Promise<string> => {
    const { taskToken, workflowExecution } = activityInfo();
    waiting.set(workflowExecution?.workflowId ?? '', taskToken);
    throw new CompleteAsyncError();
  },
  sum: async (numbers: number[]): Promise<number> => numbers.reduce((all, one) => all + one, 0),
  failAlways: async (): Promise<void> => {
    throw new Error('always');
  },
};
