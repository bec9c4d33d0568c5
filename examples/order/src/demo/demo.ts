/**
 * Runs orders while their worker and their server are killed, and checks that nothing is lost and nothing done twice.
 * Then replays what happened, against the code as it is and against a copy with two steps swapped.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client, Connection } from '@reprise/client';
import type { ReplayVerdict } from '@reprise/testing';
import { Ledger } from '../ledger.ts';
import { startServer, startWorker } from './children.ts';
import { completedActivities, contradictions } from './completed-once.ts';
import { expect, say } from './narration.ts';
import { approveOrder, ending, sendAddress, sendBadAddress, startOrders, untilStatus } from './orders.ts';
import type { Ending } from './orders.ts';
import { replayCurrent, replaySwapped, saveHistories } from './replays.ts';
import type { SavedHistory } from './replays.ts';
import { report } from './report.ts';
import { timeline } from './timeline.ts';

const folder = await mkdtemp(join(tmpdir(), 'reprise-demo-'));
const historiesFolder = join(folder, 'histories');
try {
  await runOrders();
  await checkReplays(historiesFolder);
  say('Everything is as it should be.');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function runOrders(): Promise<void> {
  const databaseFile = join(folder, 'orders.db');
  const ledgerFile = join(folder, 'ledger.jsonl');
  let server = await startServer(databaseFile, 0);
  const { address } = server;
  let worker = await startWorker(address, ledgerFile);
  say(
    `A server (pid ${String(server.pid)}) and a worker (pid ${String(worker.pid)}) run; the server keeps ${databaseFile}.`,
  );

  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const handles = await startOrders(client);
  const [first, ...others] = handles;
  if (first === undefined) throw new Error('No order was started');
  await untilStatus(first, 'waiting for approval');
  say(
    `${String(handles.length)} orders are placed. An order takes a new address in place of ${JSON.stringify(await sendAddress(first, '9 Harbour Street'))}.`,
  );
  say(`It refuses another: ${await sendBadAddress(first)}.`);

  await Promise.all(others.map(approveOrder));
  await untilStatus(handles[1] ?? first, 'charging');
  await worker.kill();
  say('The worker is killed while orders are charged; another one starts.');
  worker = await startWorker(address, ledgerFile);
  await approveOrder(first);
  await untilStatus(first, 'charging');

  await server.kill();
  say('The server is killed; it starts again on the same file.');
  server = await startServer(databaseFile, Number(address.split(':')[1]));

  const endings = await Promise.all(handles.map(ending));
  for (const one of endings) say(`  ${describe(one)}`);
  expect(endings.filter(({ kind }) => kind === 'shipped').length, handles.length - 1, 'orders shipped');
  expect(endings.filter(({ kind }) => kind === 'undone').length, 1, 'orders undone, whose address no carrier knows');

  const histories = await saveHistories(handles, historiesFolder);
  checkLedger(histories, ledgerFile);
  say(`\nThe history of ${first.workflowId}:`);
  for (const line of timeline(histories[0]?.history ?? {})) say(`  ${line}`);
  await connection.close();
  await worker.kill();
  await server.kill();
}

function checkLedger(histories: readonly SavedHistory[], ledgerFile: string): void {
  const ledger = new Ledger(ledgerFile).read();
  const completed = histories.flatMap(({ workflowId, history }) => completedActivities(workflowId, history));
  const found = contradictions(completed, ledger);
  for (const line of found) say(`  ${line}`);
  expect(found.length, 0, `of ${String(completed.length)} completed activities ran again`);
}

async function checkReplays(folderOfHistories: string): Promise<void> {
  const current = await replayCurrent(folderOfHistories);
  say('');
  expect(current.filter(passed).length, current.length, 'saved histories replay against the code as it is');
  const { verdicts, timerLine } = await replaySwapped(folderOfHistories);
  expect(
    verdicts.filter(passed).length,
    0,
    `of ${String(verdicts.length)} fit a copy of the code with two steps swapped`,
  );
  const [first] = verdicts;
  if (first === undefined) throw new Error('No history was replayed');
  say(report(first));
  const place = first.findings[0]?.place;
  expect(
    `${basename(place?.file ?? '')}:${String(place?.line)}`,
    `workflows.ts:${String(timerLine)}`,
    'is where the report points',
  );
}

function passed({ status }: ReplayVerdict): boolean {
  return status === 'passed';
}

function describe(one: Ending): string {
  return one.kind === 'shipped'
    ? `${one.orderId} went to ${one.receipt.address} as ${one.receipt.trackingId}`
    : `${one.orderId} was undone: ${one.reason}`;
}
