import { proxyActivities } from '@reprise/workflow';

const { plan } = proxyActivities<{ plan(id: string): Promise<string[]> }>({ startToCloseTimeout: '10 seconds' });

export async function planRoute(id: string): Promise<string[]> {
  const legs = await plan(id);
  return legs.slice(0, 2);
}

export function summarize(seen: string[], distances: number[]): string {
  return `${seen.join('+')}:${distances.reduce((a, b) => a + b, 0)}`;
}
