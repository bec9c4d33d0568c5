import {
  metricMeter,
  patched,
  proxyActivities,
  proxyLocalActivities,
  proxySinks,
  sleep,
  workflowInfo,
  type Sinks,
} from '@reprise/workflow';

export class OutOfStock extends Error {
  override readonly name = 'OutOfStock';
}

export async function order(): Promise<void> {
  throw new OutOfStock('nothing left');
}

export async function builds(): Promise<unknown[]> {
  const seen = [workflowInfo().currentBuildId, workflowInfo().currentDeploymentVersion];
  await sleep(1);
  return [...seen, workflowInfo().currentBuildId];
}

export async function patchedOrder(colour: string): Promise<boolean> {
  return patched(`paint-${colour}`);
}

interface Audit extends Sinks {
  audit: { heard(text: string): void; quiet(text: string): void };
}
const { audit } = proxySinks<Audit>();

export async function audited(): Promise<void> {
  audit.heard('one');
  audit.quiet('one');
  await sleep(1);
  audit.heard('two');
}

interface Activities {
  wait(): Promise<void>;
}
export async function waits(isLocal: boolean): Promise<void> {
  const options = { startToCloseTimeout: '1 minute' as const };
  await (isLocal ? proxyLocalActivities<Activities>(options) : proxyActivities<Activities>(options)).wait();
}

export async function naps(): Promise<void> {
  await sleep('1 day');
}

export async function measures(): Promise<void> {
  metricMeter.createCounter('my-orders').add(2, { region: 'eu' });
  await proxyActivities<{ weigh(): Promise<void> }>({ startToCloseTimeout: '1 minute' }).weigh();
}
