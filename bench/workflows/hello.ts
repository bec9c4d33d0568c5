import { proxyActivities } from '@reprise/workflow';

const { greet } = proxyActivities<{ greet(name: string): Promise<string> }>({ startToCloseTimeout: '1 minute' });

export async function hello(name: string): Promise<string> {
  return await greet(name);
}
