import {
  CancellationScope,
  condition,
  createNexusServiceClient,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  NexusOperationFailure,
  setHandler,
  sleep,
  workflowInfo,
} from '@reprise/workflow';
import { shop, type Order } from './services.ts';

const endpoint = 'shop-endpoint';
const options = { scheduleToCloseTimeout: '20 seconds' } as const;

export async function priceOf(order: Order): Promise<number> {
  const client = createNexusServiceClient({ service: shop, endpoint });
  return await client.executeOperation('price', order, options);
}

export async function packTwice(order: Order): Promise<string[]> {
  const client = createNexusServiceClient({ service: shop, endpoint });
  const handle = await client.startOperation(shop.operations.pack, order, options);
  return [handle.operation, handle.token ?? 'no token', await handle.result()];
}

export async function pack(order: Order): Promise<string> {
  await sleep(10);
  return `packed ${order.id} in ${workflowInfo().taskQueue}`;
}

export async function waiting(): Promise<string> {
  await condition(() => false);
  return 'never';
}

export async function cancels(id: string): Promise<string> {
  const client = createNexusServiceClient({ service: shop, endpoint });
  try {
    await CancellationScope.cancellable(async () => {
      const handle = await client.startOperation('waitForever', id, options);
      CancellationScope.current().cancel();
      await handle.result();
    });
    return 'was not cancelled';
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return error instanceof NexusOperationFailure ? 'cancelled operation' : 'cancelled';
  }
}

export async function delegates(to: 'workflow' | 'activity' | 'update' | 'sync'): Promise<string> {
  const client = createNexusServiceClient({ service: shop, endpoint });
  const isReported = to === 'workflow' || to === 'sync';
  const scheduleToCloseTimeout = isReported ? options.scheduleToCloseTimeout : '1 second';
  return await client.executeOperation('delegate', to, { scheduleToCloseTimeout });
}

export async function failure(how: string): Promise<unknown[]> {
  const client = createNexusServiceClient({ service: shop, endpoint });
  try {
    await client.executeOperation('fail', how, options);
    return ['no failure'];
  } catch (error) {
    if (!(error instanceof NexusOperationFailure)) throw error;
    const cause: (Error & { type?: string }) | undefined = error.cause;
    return [error.message, cause?.name, cause?.type, cause?.message];
  }
}

export async function looks(): Promise<Record<string, unknown>> {
  const client = createNexusServiceClient({ service: shop, endpoint });
  return await client.executeOperation('look', undefined, { ...options, headers: { Tenant: 'acme' } });
}

export async function tomorrow(): Promise<boolean> {
  const client = createNexusServiceClient({ service: shop, endpoint });
  const due = await client.executeOperation('due', new Date(1_000_000), options);
  return due instanceof Date && due.getTime() === 2_000_000;
}

const add = defineUpdate<string, [string]>('add');
const poke = defineSignal<[string]>('poke');
const pokes = defineQuery<string[]>('pokes');

export async function box(): Promise<string> {
  const seen: string[] = [];
  let last: string | undefined;
  setHandler(poke, (value) => void seen.push(value));
  setHandler(pokes, () => seen);
  setHandler(add, async (value) => {
    await sleep(10);
    last = value;
    return `added ${value}`;
  });
  await condition(() => last === 'end');
  return 'closed';
}
