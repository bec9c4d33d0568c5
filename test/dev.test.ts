import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@reprise/client';
import { afterAll, beforeAll, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../packages/cli/bin/reprise.js', import.meta.url));
const modules = fileURLToPath(new URL('../node_modules', import.meta.url));
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'reprise-dev-')));

const files = {
  'src/shared.ts': `export const greeting = 'hello';`,
  'src/words.ts': `export const word = 'first';`,
  'src/workflows.ts': `
    import { condition, defineQuery, defineSignal, proxyActivities, setHandler } from '@reprise/workflow';
    import { word } from './words.ts';
    export const said = defineQuery<string>('said');
    export const end = defineSignal('end');
    const { greet } = proxyActivities<{ greet(): Promise<string> }>({ startToCloseTimeout: '1 minute' });
    export async function talk(): Promise<string> {
      let isOver = false;
      setHandler(said, () => word);
      setHandler(end, () => void (isOver = true));
      await condition(() => isOver);
      return \`\${word} \${await greet()}\`;
    }`,
  'src/worker.ts': `
    import { fileURLToPath } from 'node:url';
    import { NativeConnection, Worker } from '@reprise/worker';
    import { greeting } from './shared.ts';
    const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS });
    const worker = await Worker.create({
      connection, taskQueue: 'dev', workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
      activities: { greet: async () => greeting },
    });
    await worker.run();
    await connection.close();`,
};

let dev: ChildProcess;
let client: Client;
let printed = '';
const readers = new Set<() => void>();

function until(pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = pattern.exec(printed);
      if (found === null) return;
      readers.delete(look);
      resolve(found);
    };
    readers.add(look);
    look();
  });
}

/** Writes a file, all of it at once, and waits for what the command has to say of it. */
async function save(name: keyof typeof files, text: string, says: RegExp): Promise<void> {
  printed = '';
  writeFileSync(path.join(folder, 'saved.tmp'), text);
  renameSync(path.join(folder, 'saved.tmp'), path.join(folder, name));
  await until(says);
}

beforeAll(async () => {
  mkdirSync(path.join(folder, 'src'), { recursive: true });
  symlinkSync(modules, path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  dev = spawn(process.execPath, [bin, 'dev', '--port', '0'], { cwd: folder });
  const read = (chunk: Buffer): void => {
    printed += chunk.toString();
    for (const reader of readers) reader();
  };
  dev.stdout?.on('data', read);
  dev.stderr?.on('data', read);
  const [, address = ''] = await until(/server is ready at (\S+)\n/);
  client = new Client({ connection: await Connection.connect({ address }) });
  await until(/Worker state changed .*'RUNNING'/);
});

afterAll(async () => {
  dev?.kill('SIGTERM');
  if (dev?.exitCode === null) await once(dev, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

it('takes changes of workflow code into the worker that runs', async () => {
  const handle = await client.workflow.start('talk', { taskQueue: 'dev', workflowId: 'talk' });
  expect(await handle.query('said')).toBe('first');

  await save('src/words.ts', `export const word = 'second';`, /taken in within \d+ ms/);
  expect(await handle.query('said')).toBe('second');

  await save('src/words.ts', `export const word = ;`, /Workflow code stays as it was: .*words\.ts:1:21/);
  expect(await handle.query('said')).toBe('second');

  await save('src/words.ts', `export const word = 'third';`, /taken in within \d+ ms/);
  await save('src/shared.ts', `export const greeting = 'goodbye';`, /the worker starts again/);
  await handle.signal('end');
  expect(await handle.result()).toBe('third goodbye');
});
