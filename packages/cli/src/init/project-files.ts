/** The files of a new project, by path. Small enough to be read in a minute, and complete enough to be deployed. */
export function projectFiles({ name, version }: { name: string; version: string }): ReadonlyMap<string, string> {
  return new Map([
    ['package.json', `${JSON.stringify(manifest(name, version), undefined, 2)}\n`],
    ['tsconfig.json', `${JSON.stringify(TSCONFIG, undefined, 2)}\n`],
    ['.gitignore', 'node_modules/\ndist/\n*.db\n*.db-shm\n*.db-wal\n'],
    ['src/activities.ts', ACTIVITIES],
    ['src/workflows.ts', WORKFLOWS],
    ['src/worker.ts', WORKER],
    ['src/client.ts', CLIENT],
    ['test/greet.test.ts', TEST],
    ['.github/workflows/ci.yml', CI],
    ['README.md', readme(name)],
  ]);
}

function manifest(name: string, version: string): object {
  const range = `^${version}`;
  return {
    name,
    private: true,
    type: 'module',
    engines: { node: '>=24' },
    scripts: {
      server: 'reprise server start-dev --db-filename reprise.db',
      worker: 'node src/worker.ts',
      client: 'node src/client.ts',
      dev: 'reprise dev',
      typecheck: 'tsc --noEmit',
      test: 'vitest run',
      replay: 'reprise replay --workflows src/workflows.ts histories',
    },
    dependencies: {
      '@reprise/activity': range,
      '@reprise/client': range,
      '@reprise/worker': range,
      '@reprise/workflow': range,
    },
    devDependencies: {
      '@reprise/testing': range,
      '@types/node': '^24.10.1',
      reprise: range,
      typescript: '^7.0.2',
      vitest: '^5.1.1',
    },
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    types: ['node'],
  },
  include: ['src', 'test'],
};

const ACTIVITIES = `/** Activities do what workflows may not: they talk to the world, and are tried again when they fail. */
export async function greeting(name: string): Promise<string> {
  return \`Hello, \${name}!\`;
}
`;

const WORKFLOWS = `import { proxyActivities, sleep } from '@reprise/workflow';
import type * as activities from './activities.ts';

const { greeting } = proxyActivities<typeof activities>({ startToCloseTimeout: '10 seconds' });

/** Workflows survive crashes: what they have done is recorded, and replayed when they move on. */
export async function greet(name: string): Promise<string> {
  const text = await greeting(name);
  await sleep('1 second');
  return text;
}
`;

const WORKER = `import { fileURLToPath } from 'node:url';

import { Worker } from '@reprise/worker';

import * as activities from './activities.ts';

const worker = await Worker.create({
  taskQueue: 'greetings',
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  activities,
});
await worker.run();
`;

const CLIENT = `import { Client, Connection } from '@reprise/client';

import { greet } from './workflows.ts';

const connection = await Connection.connect();
const client = new Client({ connection });
const text = await client.workflow.execute(greet, {
  taskQueue: 'greetings',
  workflowId: \`greet-\${Date.now()}\`,
  args: ['World'],
});
console.log(text);
await connection.close();
`;

const TEST = `import { fileURLToPath } from 'node:url';

import { replayHistory, TestWorkflowEnvironment } from '@reprise/testing';
import { Worker } from '@reprise/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';

import * as activities from '../src/activities.ts';
import { greet } from '../src/workflows.ts';

const workflowsPath = fileURLToPath(new URL('../src/workflows.ts', import.meta.url));
let env: TestWorkflowEnvironment;

beforeAll(async () => {
  env = await TestWorkflowEnvironment.createTimeSkipping();
});

afterAll(() => env.teardown());

test('greets, and replays', async () => {
  const { connection, client } = env;
  const worker = await Worker.create({ connection, taskQueue: 'test', workflowsPath, activities });
  const handle = await worker.runUntil(async () => {
    const started = await client.workflow.start(greet, { taskQueue: 'test', workflowId: 'greet-1', args: ['World'] });
    expect(await started.result()).toBe('Hello, World!');
    return started;
  });
  const verdict = await replayHistory({ workflowsPath }, await handle.fetchHistory());
  expect(verdict.findings).toEqual([]);
});
`;

const CI = `name: ci
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 24
      - run: npm ci
      - run: npm run typecheck
      - run: npm test
      # Once there are recorded histories, this says whether running executions survive the change:
      - if: hashFiles('histories/**') != ''
        run: npm run replay -- --reporter pretty --reporter github
`;

function readme(name: string): string {
  return `# ${name}

\`\`\`
npm install
npm run server     # in one terminal
npm run worker     # in a second one
npm run client     # in a third: prints the greeting
npm test
\`\`\`

\`npm run dev\` is server and worker in one, with code swapped on save.

Record a history, and let every later change prove itself against it:

\`\`\`
npx reprise history show --address localhost:7233 WORKFLOW_ID --json > histories/greet.json
npm run replay
\`\`\`
`;
}
