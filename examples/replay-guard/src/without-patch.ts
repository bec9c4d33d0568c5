import { proxyActivities, sleep } from '@reprise/workflow';

interface Kitchen {
  brew(tea: string): Promise<string>;
  warmCup(): Promise<void>;
}

const { brew, warmCup } = proxyActivities<Kitchen>({ startToCloseTimeout: '10 minutes' });

export async function tea(kind: string): Promise<string> {
  await warmCup();
  const pot = await brew(kind);
  await sleep('3 minutes');
  return `${pot}, ready`;
}
