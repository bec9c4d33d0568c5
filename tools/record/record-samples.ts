/** Runs the workflows that the tests of edits change, in runs that take different branches and ends. */
import { fileURLToPath } from 'node:url';
import { ApplicationFailure } from '@reprise/common';
import { recordHistories, TestWorkflowEnvironment } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import * as nexus from 'nexus-rpc';
import { quotes } from '../../test/recorded/workflows/samples/desk-services.ts';

const at = (file: string): string =>
  fileURLToPath(new URL(`../../test/recorded/workflows/samples/${file}`, import.meta.url));
const taskQueue = 'samples';

const travel = {
  holdSeat: async (trip: string) => `seat-${trip}`,
  releaseSeat: async () => undefined,
  holdRoom: async (trip: string, nights: number) => {
    if (trip.includes('full')) throw ApplicationFailure.nonRetryable('no room', 'Full');
    return `room-${trip}-${nights}`;
  },
  releaseRoom: async () => undefined,
  rentCar: async (trip: string) => `car-${trip}`,
  returnCar: async () => undefined,
  pay: async (trip: string, cents: number) => {
    if (trip.includes('poor')) throw ApplicationFailure.nonRetryable('declined', 'Declined');
    return { id: `payment-${trip}`, cents };
  },
  mail: async () => undefined,
};

const polled = {
  check: async (job: string, round: number) => {
    if (job.startsWith('lost') && round === 2) return { state: 'lost', progress: round };
    if (job.startsWith('quick') && round === 1) return { state: 'done', progress: 10 };
    if (round === 5) return { state: 'done', progress: 10 };
    return { state: 'running', progress: Math.floor(round / 2) };
  },
  publish: async () => undefined,
};

const shop = {
  price: async (sku: string) => sku.length * 100,
  reserve: async (sku: string, count: number) => `${sku}*${count}`,
  remind: async () => undefined,
  order: async (cart: string, lines: number, total: number) => `${cart}:${lines}:${total}`,
};

const reports = {
  list: async (year: number) => (year < 2000 ? [] : ['north', 'east', 'south', 'west', 'rest'].slice(0, year - 2000)),
  merge: async (parts: string[]) => parts.join('+'),
  upload: async (name: string) => `up/${name}`,
  stamp: async () => 'stamped',
  checksum: async (text: string) => String(text.length),
};

const approvals = {
  ask: async () => undefined,
  escalate: async () => undefined,
  grant: async (what: string, by: string) => `${what} granted by ${by}`,
  record: async () => undefined,
};

const bills = {
  meter: async (customer: string, month: number) => (customer === 'idle' ? 0 : month * 7),
  invoice: async (customer: string, units: number) => `${customer}/${units}`,
  collect: async (invoice: string) => !invoice.startsWith('late'),
  dun: async () => undefined,
};

const piped = {
  extract: async (source: string, page: number) => {
    if (source === 'broken' && page === 1) throw ApplicationFailure.nonRetryable('bad page', 'BadPage');
    return { rows: source === 'big' ? 300 : 20 + page, next: page < 2 ? page + 1 : null };
  },
  transform: async (rows: number) => rows - 1,
  load: async () => undefined,
  quarantine: async () => undefined,
};

/** Writes one JSON file for each run into the folder. */
export async function recordSamples(folder: string): Promise<number> {
  const env = await TestWorkflowEnvironment.createTimeSkipping();
  await env.client.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: { CustomKeywordField: 2 },
  });
  await env.createNexusEndpoint('quotes', taskQueue);
  const common = {
    connection: env.nativeConnection,
    activities: { ...travel, ...polled, ...shop, ...reports, ...approvals, ...bills, ...piped },
  };
  const worker = await Worker.create({
    ...common,
    taskQueue,
    workflowsPath: at('all.ts'),
    nexusServices: [
      nexus.serviceHandler(quotes, {
        quote: async (_context, { sku }) => sku.length * 10,
        hold: async (_context, sku) => `held ${sku}`,
      }),
    ],
  });
  const before = await Worker.create({
    ...common,
    taskQueue: 'samples-before',
    workflowsPath: at('billing-before.ts'),
  });
  try {
    return await worker.runUntil(
      before.runUntil(async () => {
        let count = 0;
        for (const [type, run] of Object.entries(RUNS)) {
          await run(env);
          // At once: what is open now goes on when the time of the next ones is skipped.
          const query = `WorkflowType IN ('${type}', 'section')`;
          count += (await recordHistories(env, { folder, query, existing: 'replace' })).written.length;
        }
        return count;
      }),
    );
  } finally {
    await env.teardown();
  }
}

async function start(env: TestWorkflowEnvironment, type: string, workflowId: string, ...args: unknown[]) {
  return await env.client.workflow.start(type, { taskQueue, workflowId, args });
}

async function runTrips(env: TestWorkflowEnvironment): Promise<void> {
  const book = async (id: string, withCar: boolean, nights = 2) =>
    await start(env, 'bookTrip', id, { id, nights, withCar, cents: 5000 });
  await (await book('trip-1', true)).result();
  await (await book('trip-2', false, 3)).result();
  await (await book('trip-full', true)).result().catch(expectFailure);
  await (await book('trip-poor', true)).result().catch(expectFailure);
  const cancelled = await book('trip-cancelled', false);
  await env.sleep('1 minute');
  await cancelled.cancel();
  await cancelled.result().catch(expectFailure);
  await book('trip-open', true);
  await env.sleep('1 minute');
}

function expectFailure(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'WorkflowFailedError') throw error;
}

async function runPollers(env: TestWorkflowEnvironment): Promise<void> {
  for (const [job, perRun] of [
    ['quick-1', 3],
    ['long-1', 3],
    ['long-2', 10],
    ['lost-1', 5],
  ] as const)
    await (await start(env, 'poller', job, { job, round: 0, perRun })).result().catch(expectFailure);
  await start(env, 'poller', 'open-1', { job: 'open-1', round: 0, perRun: 9 });
  await env.sleep('2 seconds');
}

async function runCarts(env: TestWorkflowEnvironment): Promise<void> {
  const add = async (cart: Awaited<ReturnType<typeof start>>, ...args: [sku: string, count: number]) =>
    await cart.executeUpdate('addLine', { args });
  const quick = await start(env, 'cart', 'cart-quick', 'quick');
  await add(quick, 'tea', 2);
  await quick.signal('coupon', 10);
  await add(quick, 'cup', 1);
  await add(quick, '', 1).catch(() => undefined);
  await quick.signal('checkout');
  await quick.result();
  const late = await start(env, 'cart', 'cart-late', 'late');
  await add(late, 'pot', 1);
  await env.sleep('3 hours');
  await late.signal('checkout');
  await late.result();
  await (await start(env, 'cart', 'cart-forgotten', 'forgotten')).result().catch(expectFailure);
  const open = await start(env, 'cart', 'cart-open', 'open');
  await add(open, 'lid', 4);
  await env.sleep('90 minutes');
}

async function runReports(env: TestWorkflowEnvironment): Promise<void> {
  await start(env, 'approval', 'listener', 'listener', []);
  await (await start(env, 'report', 'report-5', 2005)).result();
  await (await start(env, 'report', 'report-2', 2002, 'listener')).result();
  await (await start(env, 'report', 'report-0', 1999)).result();
  await env.client.workflow.getHandle('listener').terminate();
}

async function runApprovals(env: TestWorkflowEnvironment): Promise<void> {
  const askees = ['ada', 'bob'];
  const soon = await start(env, 'approval', 'approval-soon', 'desk', askees);
  await env.sleep('1 hour');
  await soon.signal('decide', 'ada', true);
  await soon.result();
  const late = await start(env, 'approval', 'approval-late', 'chair', askees);
  await env.sleep('3 days');
  await late.signal('hurry');
  await env.sleep('1 hour');
  await late.signal('decide', 'bob', false);
  await late.result();
  await (await start(env, 'approval', 'approval-never', 'lamp', ['ada'])).result();
  const cancelled = await start(env, 'approval', 'approval-cancelled', 'shelf', askees);
  await env.sleep('2 hours');
  await cancelled.cancel();
  await cancelled.result().catch(expectFailure);
  await start(env, 'approval', 'approval-open', 'plant', []);
  await env.sleep('2 days');
}

async function runBillings(env: TestWorkflowEnvironment): Promise<void> {
  for (const [customer, months] of [
    ['prompt', 2],
    ['late', 1],
    ['idle', 2],
  ] as const) {
    await (await start(env, 'billing', `billing-${customer}`, customer, months)).result();
    const old = await env.client.workflow.start('billing', {
      taskQueue: 'samples-before',
      workflowId: `billing-before-${customer}`,
      args: [customer, months],
    });
    await old.result();
  }
  await start(env, 'billing', 'billing-open', 'late-open', 3);
  await env.sleep('4 days');
}

async function runPipelines(env: TestWorkflowEnvironment): Promise<void> {
  for (const source of ['small', 'big', 'broken'])
    await (await start(env, 'pipeline', `pipeline-${source}`, source)).result();
  const paused = await start(env, 'pipeline', 'pipeline-paused', 'paused');
  await paused.signal('pause');
  await env.sleep('1 hour');
  await paused.signal('resume');
  await paused.result();
  const open = await start(env, 'pipeline', 'pipeline-open', 'open');
  await open.signal('pause');
  await env.sleep('1 minute');
}

async function runDesks(env: TestWorkflowEnvironment): Promise<void> {
  const sold = await start(env, 'desk', 'desk-1', 'lamp');
  for (const cents of [10, 20, 50]) await sold.signal('bid', cents);
  await sold.result();
  await start(env, 'desk', 'desk-open', 'sofa');
  await env.sleep('1 minute');
}

const RUNS = {
  bookTrip: runTrips,
  poller: runPollers,
  report: runReports,
  cart: runCarts,
  approval: runApprovals,
  billing: runBillings,
  pipeline: runPipelines,
  desk: runDesks,
};
