import type { Client } from '@reprise/client';
import { checkHistory, type RecordedHistory } from '@reprise/testing/replay';

import type { CommandLine, OptionSpec } from '../command-line/command.ts';
import { booleanOption, stringOption } from '../command-line/parse-command-line.ts';
import { UsageError } from '../command-line/usage-error.ts';

/** How commands that read from a server find it. */
export const CONNECTION_OPTIONS: readonly OptionSpec[] = [
  { name: 'address', type: 'string', value: 'HOST:PORT', description: 'read from this server instead of files' },
  { name: 'namespace', short: 'n', type: 'string', value: 'NAME', description: "default: 'default'" },
  { name: 'tls', type: 'boolean', description: 'connect with TLS' },
  { name: 'api-key', type: 'string', value: 'KEY', description: 'sent with every call; default: REPRISE_API_KEY' },
];

/** Runs `use` with a client of the server that the options name, and closes the connection after it. */
export async function withClient<Result>(line: CommandLine, use: (client: Client) => Promise<Result>): Promise<Result> {
  const address = stringOption(line, 'address');
  if (address === undefined) throw new UsageError('which server? Give --address HOST:PORT');
  const apiKey = stringOption(line, 'api-key') ?? process.env['REPRISE_API_KEY'];
  // gRPC takes longer to load than a replay takes, so it is loaded by those who need it.
  const { Client, Connection } = await import('@reprise/client');
  const connection = await Connection.connect({
    address,
    connectTimeout: '5 seconds',
    ...(booleanOption(line, 'tls') ? { tls: true } : {}),
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  try {
    return await use(new Client({ connection, namespace: stringOption(line, 'namespace') ?? 'default' }));
  } finally {
    await connection.close();
  }
}

const ANSWERS_OF_SERVERS: ReadonlySet<string> = new Set([
  'ServiceError',
  'WorkflowNotFoundError',
  'NamespaceNotFoundError',
]);

/** What is wrong with the server or with what was asked of it, for the user to put right; undefined for bugs of ours. */
export function serverAnswer(error: unknown): string | undefined {
  return error instanceof Error && ANSWERS_OF_SERVERS.has(error.name) ? error.message : undefined;
}

export async function fetchLiveHistory(line: CommandLine, workflowId: string): Promise<RecordedHistory> {
  return await withClient(line, async (client) => {
    const handle = client.workflow.getHandle(workflowId, stringOption(line, 'run-id'));
    const history = await handle.fetchHistory();
    return checkHistory(history.events ?? [], { workflowId });
  });
}
