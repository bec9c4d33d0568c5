/**
 * Runs orders while their worker and their server are killed, and checks that nothing is lost and nothing done twice.
 * Then replays what happened, against the code as it is and against a copy with two steps swapped.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@reprise/client';
import { Ledger } from '../ledger.ts';
import { startServer, startWorker } from './children.ts';
import { reprise } from './cli.ts';
import { completedActivities, contradictions } from './completed-once.ts';
import { chapter, expect, say } from './narration.ts';
import { approveOrder, ending, sendAddress, sendBadAddress, startOrders, untilStatus } from './orders.ts';
import type { Ending } from './orders.ts';
import { replayCurrent, replaySwapped, saveHistories } from './replays.ts';
import type { SavedHistory } from './replays.ts';

const folder = await mkdtemp(join(tmpdir(), 'reprise-demo-'));
const historiesFolder = join(folder, 'histories');
try {
  await runOrders();
  await checkReplays(historiesFolder);
  say('\nEverything is as it should be.');
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function runOrders(): Promise<void> {
  const databaseFile = join(folder, 'orders.db');
  const ledgerFile = join(folder, 'ledger.jsonl');
  chapter('Orders, while worker and server are killed');
  let server = await startServer(databaseFile, 0);
  const { address } = server;
  let worker = await startWorker(address, ledgerFile);
  say(`A server (pid ${server.pid}) on a SQLite file, and a worker (pid ${worker.pid}).`);

  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const handles = await startOrders(client);
  const [first, second] = handles;
  if (first === undefined || second === undefined) throw new Error('No orders were started');
  await untilStatus(first, 'waiting for approval');
  say(`${handles.length} orders are placed; order-1 waits for its approval (a query says so).`);
  say(`An update: order-1 goes to 9 Harbour Street instead of ${await sendAddress(first, '9 Harbour Street')}.`);
  say(`Another is rejected: "${await sendBadAddress(first)}".`);
  await Promise.all(handles.slice(1).map(approveOrder));
  await untilStatus(second, 'charging');
  say('The others are approved by signal, and charged; the payment service answers at the third attempt only.');

  await worker.kill();
  say('SIGKILL for the worker, while orders are charged. Another one starts.');
  worker = await startWorker(address, ledgerFile);
  await approveOrder(first);
  await untilStatus(first, 'charging');
  await server.kill();
  say('SIGKILL for the server. It starts again on the same file.');
  server = await startServer(databaseFile, Number(address.split(':')[1]));

  const endings = await Promise.all(handles.map(ending));
  for (const one of endings) say(`  ${describe(one)}`);
  const shipped = endings.filter(({ kind }) => kind === 'shipped').length;
  expect(shipped, handles.length - 1, `${shipped} orders shipped`);
  expect(endings.length - shipped, 1, 'the one whose address no carrier knows was undone');
  const histories = await saveHistories(handles, historiesFolder);
  checkLedger(histories, ledgerFile);
  await connection.close();
  await worker.kill();
  await server.kill();

  chapter('The history of one order');
  const shown = reprise(['history', 'show', 'histories/order-1.json'], {
    cwd: folder,
    shown: 'history show histories/order-1.json',
  });
  expect(shown, 0, 'a history is a file that reads as a timeline');
}

function checkLedger(histories: readonly SavedHistory[], ledgerFile: string): void {
  const ledger = new Ledger(ledgerFile).read();
  const completed = histories.flatMap(({ workflowId, history }) => completedActivities(workflowId, history));
  const found = contradictions(completed, ledger);
  for (const line of found) say(`  ${line}`);
  expect(found.length, 0, `none of ${completed.length} completed activities ran again`);
  const undone = completed.filter(({ activity }) => activity === 'refund' || activity === 'releaseStock');
  expect(undone.map(({ activity }) => activity).join(', '), 'refund, releaseStock', 'money and stock of one went back');
}

async function checkReplays(folderOfHistories: string): Promise<void> {
  chapter('Replay: the code as it is');
  const current = await replayCurrent(folderOfHistories);
  expect(current.exitCode, 0, 'the command succeeds, as it would in CI');
  expect(current.failed, 0, `all of ${current.passed} saved histories replay against the code as it is`);

  chapter('Replay: a copy of the code with two steps swapped');
  const swapped = await replaySwapped(folderOfHistories);
  expect(swapped.exitCode, 1, 'the command fails, as it would in CI');
  expect(swapped.passed, 0, `none of ${swapped.failed} saved histories fits`);
  expect(swapped.place, `workflows.ts:${swapped.timerLine}`, `the report points at the line: ${swapped.place}`);
}

function describe(one: Ending): string {
  return one.kind === 'shipped'
    ? `${one.orderId} went to ${one.receipt.address} as ${one.receipt.trackingId}`
    : `${one.orderId} was undone: ${one.reason}`;
}
