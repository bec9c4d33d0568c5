/** Workflows that do other things than those of the same names that were recorded. */
import { sleep } from '@reprise/workflow';

export async function sequentialActivities(): Promise<void> {
  await sleep('1 second');
}

export async function oneTimer(ms: number): Promise<string> {
  void Promise.reject(new Error('nobody handles this'));
  await sleep(ms);
  return 'fired';
}
