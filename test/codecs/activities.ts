import { Context } from '@reprise/activity';
import { ApplicationFailure } from '@reprise/common';

export const activities = {
  async echo(word: string): Promise<string> {
    return word;
  },
  /** Fails at first, and then gives what it left behind as heartbeat details. */
  async resumes(word: string): Promise<unknown> {
    const context = Context.current();
    if (context.info.attempt > 1) return context.info.heartbeatDetails;
    context.heartbeat(`${word} so far`);
    throw new Error('at first');
  },
  async refuses(word: string): Promise<never> {
    throw ApplicationFailure.nonRetryable('no', 'No', word);
  },
};
