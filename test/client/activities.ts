import { CompleteAsyncError, activityInfo } from '@reprise/activity';

/** The task tokens of activities that wait to be completed, by the id of their workflow. */
export const waiting = new Map<string, Uint8Array>();

export const activities = {
  async waitForCompletion(): Promise<string> {
    const { taskToken, workflowExecution } = activityInfo();
    waiting.set(workflowExecution?.workflowId ?? '', taskToken);
    throw new CompleteAsyncError();
  },
  async sum(numbers: number[]): Promise<number> {
    return numbers.reduce((all, one) => all + one, 0);
  },
  async failAlways(): Promise<void> {
    throw new Error('always');
  },
};
