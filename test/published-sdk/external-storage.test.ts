import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@reprise/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type ServerProcess } from '../server-process.ts';
import { installPublishedSdk } from './install.ts';

interface Place {
  readonly address: string;
  readonly folder: string;
  readonly taskQueue: string;
  readonly workflowBundle?: { code: string };
}

interface Told {
  readonly answers: unknown;
  readonly calls: string[];
  readonly histories: Record<string, string>;
}

/** The program of `src/stored.ts`, on this SDK: in this process its imports have the other scope. */
interface Program {
  workUntil(place: Place, work: () => Promise<void>): Promise<string[]>;
  talk(place: Place): Promise<Told>;
  replay(folder: string): Promise<{ errors: string[]; calls: string[] }>;
}

// Named in a way that the type checker does not follow: what it imports may not be installed yet.
const programFile = new URL('./src/stored.ts', import.meta.url).href;

const here = fileURLToPath(new URL('.', import.meta.url));

let server: ServerProcess;
let folder: string;
let workflowBundle: { code: string };
let ours: Program;

beforeAll(async () => {
  installPublishedSdk();
  server = await startServer();
  folder = mkdtempSync(join(tmpdir(), 'stored-'));
  ours = (await import(programFile)) as Program;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const workflowsPath = fileURLToPath(new URL('src/stored-workflows.ts', import.meta.url));
  workflowBundle = await bundleWorkflowCode({ workflowsPath, mapTemporalScope: true });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

const place = (taskQueue: string): Place => ({ address: server.address, folder, taskQueue, workflowBundle });

function published(role: 'worker' | 'client' | 'replay', taskQueue: string): ChildProcess {
  const args = ['src/stored.ts', role, server.address, folder, taskQueue];
  return spawn(process.execPath, args, { cwd: here, stdio: ['pipe', 'pipe', 'inherit'] });
}

async function said<T>({ stdout }: ChildProcess): Promise<T> {
  return JSON.parse(await text(stdout as NodeJS.ReadableStream)) as T;
}

/** What happens with a worker and a client of either SDK. */
async function converse(taskQueue: string, by: { worker: 'ours' | 'theirs'; client: 'ours' | 'theirs' }) {
  let told: Told | undefined;
  const speak = async (): Promise<void> => {
    told = await (by.client === 'ours' ? ours.talk(place(taskQueue)) : said<Told>(published('client', taskQueue)));
  };
  let workerCalls: string[];
  if (by.worker === 'ours') workerCalls = await ours.workUntil(place(taskQueue), speak);
  else {
    const worker = published('worker', taskQueue);
    const saying = said<string[]>(worker);
    await speak();
    worker.stdin?.end();
    workerCalls = await saying;
  }
  const { answers, calls, histories } = told ?? { answers: undefined, calls: [], histories: {} };
  return { answers, clientCalls: calls, workerCalls, histories };
}

const answers = {
  asked: 'asked why',
  changed: 'changed this',
  refused: 'not this word',
  other: 'by signal',
  memo: { start: 'here', mood: 'good' },
  result: {
    word: JSON.stringify({
      echoed: 'one echoed',
      here: 'one here echoed',
      resumed: 'resumed so far',
      refused: ['no', 'detail'],
      child: 'one of a parent',
      told: ['two', 'words'],
    }),
    start: 'here',
  },
};

it('is the same storage for both SDKs: workers and clients of either understand each other', async () => {
  const theirs = await converse('stored-theirs', { worker: 'theirs', client: 'theirs' });
  const own = await converse('stored-ours', { worker: 'ours', client: 'ours' });
  expect(theirs.answers).toEqual(answers);
  expect(own.answers).toEqual(answers);
  expect(own.clientCalls).toEqual(theirs.clientCalls);
  // How tasks fall decides how often what is retrieved.
  const sorted = (calls: string[]) => calls.toSorted((a, b) => a.localeCompare(b));
  const stores = (calls: string[]) => sorted(calls.filter((call) => call.startsWith('store')));
  // Ours stores anew what it passes on: the memo of a run that continues as new, and the request of an update that it accepts.
  const passedOn = ['stored', 'stored run'].map((whom) => `store 1 for workflow id ${whom}`);
  expect(stores(own.workerCalls)).toEqual(sorted([...stores(theirs.workerCalls), ...passedOn]));

  const mixed = await converse('stored-mixed', { worker: 'theirs', client: 'ours' });
  expect(mixed.answers).toEqual(answers);
  const mixedToo = await converse('stored-mixed-too', { worker: 'ours', client: 'theirs' });
  expect(mixedToo.answers).toEqual(answers);

  writeFileSync(join(folder, 'histories.json'), JSON.stringify(theirs.histories));
  expect((await ours.replay(folder)).errors).toEqual([]);
  writeFileSync(join(folder, 'histories.json'), JSON.stringify(own.histories));
  const theirReplay = await said<Awaited<ReturnType<Program['replay']>>>(published('replay', ''));
  expect(theirReplay.errors).toEqual([]);
  const ourReplay = await ours.replay(folder);
  expect(ourReplay.errors).toEqual([]);
  expect(ourReplay.calls.filter((call) => call.startsWith('store'))).toEqual([]);
});
