import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WorkflowUpdateFailedError } from '@reprise/client';
import { startServer, type RunningServer } from '@reprise/server-lite';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activities } from './activities.ts';
import { SigningCodec } from './signing-codec.ts';
import { ask, change, finish, tour } from './workflows.ts';

const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));

/** Without a cache every task decodes the whole history again. */
describe.each([[undefined], [0]])('payloads through codecs, with %s cached workflows', (maxCachedWorkflows) => {
  const codec = new SigningCodec();
  const dataConverter = { payloadCodecs: [codec] };
  const taskQueue = randomUUID();
  let server: RunningServer;
  let client: Client;
  let worker: Worker;
  let running: Promise<void>;

  beforeAll(async () => {
    server = await startServer({ logLevel: 'error' });
    const connection = Connection.fromTransport(server.transport);
    client = new Client({ connection, dataConverter });
    const cache = maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows };
    worker = await Worker.create({ connection, taskQueue, workflowsPath, activities, dataConverter, ...cache });
    running = worker.run();
  });
  afterAll(async () => {
    worker.shutdown();
    await running;
    await server.stop();
  });

  it('are encoded and decoded each in the context of its owner', async () => {
    const workflowId = randomUUID();
    const handle = await client.workflow.start(tour, { workflowId, taskQueue, args: [1], memo: { start: 'here' } });
    expect(await handle.query(ask, 'why')).toBe('asked why');
    expect(await handle.executeUpdate(change, { args: ['this'] })).toBe('changed this');
    const refused: unknown = await handle.executeUpdate(change, { args: ['wrong'] }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WorkflowUpdateFailedError);
    expect(refused).toMatchObject({ cause: { message: 'not this word', details: ['wrong'] } });
    await handle.signal(finish, 'eight');
    expect(await handle.result()).toEqual({
      echo: 'one',
      local: 'two',
      resumed: 'three so far',
      refused: ['four'],
      child: 'five six',
      failedChild: ['seven'],
      last: 'eight',
      memo: { start: 'here', mood: 'good' },
    });
    expect((await handle.describe()).memo).toEqual({ start: 'here', mood: 'good' });
  });

  it('are decoded in the context of what they describe', async () => {
    const workflowId = randomUUID();
    const memo = { start: 'here' };
    await client.workflow.start(tour, { workflowId, taskQueue: `${taskQueue}-idle`, args: [1], memo });
    const listed: unknown[] = [];
    for await (const info of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) listed.push(info.memo);
    expect(listed).toEqual([memo]);
    const action = { type: 'startWorkflow', workflowType: tour, taskQueue, workflowId, args: [1], memo } as const;
    const schedule = await client.schedule.create({ scheduleId: workflowId, spec: {}, action });
    expect((await schedule.describe()).action).toMatchObject({ args: [1], memo });
  });

  it('replay', async () => {
    const workflowId = randomUUID();
    const handle = await client.workflow.start(tour, { workflowId, taskQueue, args: [0] });
    await handle.signal(finish, 'done');
    await handle.result();
    await Worker.runReplayHistory({ workflowsPath, dataConverter }, await handle.fetchHistory(), workflowId);
  });
});
