import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';

export const activities = {
  echo: async (word: string) => `${word} echoed`,
  async resume(word: string): Promise<string> {
    const { heartbeatDetails } = Context.current().info;
    if (heartbeatDetails !== undefined) return `resumed ${String(heartbeatDetails)}`;
    Context.current().heartbeat(word);
    throw new Error('again');
  },
  async refuse(word: string): Promise<never> {
    throw ApplicationFailure.create({ message: 'refused', nonRetryable: true, details: [word, 'detail'] });
  },
};
