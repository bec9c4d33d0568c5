import { patched, proxyActivities, sleep } from '@reprise/workflow';

interface Kitchen {
  brew(tea: string): Promise<string>;
  warmCup(): Promise<void>;
}

const { brew, warmCup } = proxyActivities<Kitchen>({ startToCloseTimeout: '10 minutes' });

/** Cups are warmed since the second release; teas that were ordered before do without, and still replay. */
export async function tea(kind: string): Promise<string> {
  if (patched('warm-cup')) await warmCup();
  const pot = await brew(kind);
  await sleep('3 minutes');
  return `${pot}, ready`;
}
