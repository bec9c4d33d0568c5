import { GREET_HISTORY } from './greet-history.ts';

/** The files of a new project, by path. Small enough to be read in a minute, and complete enough to be deployed. */
export function projectFiles(project: Project): ReadonlyMap<string, string> {
  const { name } = project;
  return new Map([
    ['package.json', `${JSON.stringify(manifest(project), undefined, 2)}\n`],
    ['tsconfig.json', `${JSON.stringify(TSCONFIG, undefined, 2)}\n`],
    ['.gitignore', 'node_modules/\ndist/\n*.db\n*.db-shm\n*.db-wal\n'],
    ['src/activities.ts', ACTIVITIES],
    ['src/workflows.ts', WORKFLOWS],
    ['src/worker.ts', WORKER],
    ['src/client.ts', CLIENT],
    ['test/greet.test.ts', TEST],
    ['histories/greet-1.json', GREET_HISTORY],
    ['.github/workflows/ci.yml', CI],
    ['README.md', readme(name)],
  ]);
}

interface Project {
  readonly name: string;
  readonly version: string;
  /** Packages that are taken from files. */
  readonly local: ReadonlyMap<string, string>;
}

const DIRECT = ['@reprise/activity', '@reprise/client', '@reprise/worker', '@reprise/workflow'];
const FOR_TESTS = ['@reprise/testing', 'reprise'];

function manifest({ name, version, local }: Project): object {
  const ours = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.map((each) => [each, local.get(each) ?? `^${version}`]));
  const others = [...local].filter(([each]) => ![...DIRECT, ...FOR_TESTS].includes(each));
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
    dependencies: ours(DIRECT),
    devDependencies: { ...ours(FOR_TESTS), '@types/node': '^24.10.1', typescript: '^7.0.2', vitest: '^5.1.1' },
    ...(others.length === 0 ? {} : { overrides: Object.fromEntries(others) }),
    // Their binaries are in the packages: nothing has to be built or fetched after the installation.
    allowScripts: { '@swc/core': false, 'isolated-vm': false, protobufjs: false },
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

import { NativeConnection, Worker } from '@reprise/worker';

import * as activities from './activities.ts';

const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const worker = await Worker.create({
  connection,
  taskQueue: 'greetings',
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  activities,
});
await worker.run();
await connection.close();
`;

const CLIENT = `import { Client, Connection } from '@reprise/client';

import { greet } from './workflows.ts';

const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? 'localhost:7233' });
const client = new Client({ connection });
const workflowId = \`greet-\${Date.now()}\`;
console.log(\`Starting \${workflowId}\`);
console.log(await client.workflow.execute(greet, { taskQueue: 'greetings', workflowId, args: ['World'] }));
await connection.close();
`;

const TEST = `import '@reprise/testing/vitest';

import { runWorkflow } from '@reprise/testing';
import { expect, test } from 'vitest';

import type * as activities from '../src/activities.ts';
import { greet } from '../src/workflows.ts';

test('greets', async () => {
  const { result } = await runWorkflow<typeof greet, typeof activities>(greet, {
    args: ['World'],
    activities: { greeting: (name) => \`Hello, \${name}!\` },
  });
  expect(result).toBe('Hello, World!');
});

// Executions that are under way go on with the new code, so what was recorded must replay on it.
test('recorded histories replay', async () => {
  await expect(greet).toReplay('histories');
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
      # The same check as in the tests, shown at the lines of the pull request that break it:
      - if: always()
        run: npm run replay -- --reporter pretty --reporter github
`;

function readme(name: string): string {
  return `# ${name}

\`\`\`
npm install
npm test
npm run dev        # server and worker, started anew when a file is saved
npm run client     # in a second terminal: prints the greeting
\`\`\`

\`npm run server\` and \`npm run worker\` are the two halves of \`dev\`, and keep what happens in \`reprise.db\`.

## Changing a workflow

Executions that are under way go on with the new code, and their histories must replay on it. \`histories/\` has what is
known to matter; \`npm test\` and \`npm run replay\` say what a change would break, and at which line. Try it: put
\`await sleep('1 minute');\` before the greeting in \`src/workflows.ts\`.

Add a history of your own, with the workflow id that the client printed:

\`\`\`
npx reprise history show --address localhost:7233 WORKFLOW_ID --json > histories/WORKFLOW_ID.json
\`\`\`
`;
}
