import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@reprise/client';
import { temporal } from '@reprise/proto';
import { startServer, type RunningServer } from '@reprise/server-lite';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { passOn } from './protobuf-workflows.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const { DataBlob } = temporal.api.common.v1;

const dataConverter = { payloadConverterPath: pathOf('protobuf-converter.ts') };
const taskQueue = randomUUID();
let server: RunningServer;
let client: Client;

beforeAll(async () => {
  server = await startServer({ logLevel: 'error' });
  client = new Client({ connection: Connection.fromTransport(server.transport), dataConverter });
});
afterAll(() => server.stop());

it('carries messages of the API as payloads, in workflow code too', async () => {
  const worker = await Worker.create({
    connection: client.connection,
    taskQueue,
    workflowsPath: pathOf('protobuf-workflows.ts'),
    dataConverter,
  });
  const workflowId = randomUUID();
  const blob = DataBlob.create({ data: new Uint8Array([0xde, 0xad, 0xbe, 0xef]) });
  const result = await worker.runUntil(client.workflow.execute(passOn, { taskQueue, workflowId, args: [blob] }));
  expect(DataBlob.toObject(result, { bytes: Array })).toEqual({ data: [0xde, 0xad, 0xbe, 0xef] });

  const history = await client.connection.workflowService.getWorkflowExecutionHistory({
    namespace: 'default',
    execution: { workflowId },
  });
  const completed = history.history?.events?.at(-1)?.workflowExecutionCompletedEventAttributes;
  const metadata = completed?.result?.payloads?.[0]?.metadata ?? {};
  expect([String(metadata['encoding']), String(metadata['messageType'])]).toEqual([
    'binary/protobuf',
    'temporal.api.common.v1.DataBlob',
  ]);
  expect(history.nextPageToken).toHaveLength(0);
  expect(history.rawHistory).toEqual([]);
});
