import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Client } from '@reprise/client';
import { toJson } from '@reprise/proto/json';

import { checkHistory } from '../corpus/check-history.ts';

export interface RecordHistoriesOptions {
  /** Where the files go, one for each run; made when it is not there. */
  folder: string;
  /** Which executions: these ids, their latest runs. */
  workflowIds?: readonly string[];
  /** Which executions: those that a visibility query finds, each of its runs. Default, without ids: all. */
  query?: string;
  /**
   * What to do with a file that is there and has another history. Default `refuse`: a recorded history is what later code
   * is measured by, and recording it anew after the code changed would hide the change. `replace` overwrites.
   */
  existing?: 'refuse' | 'replace';
}

export interface RecordedFiles {
  readonly written: readonly string[];
  /** There already, with the same history. */
  readonly unchanged: readonly string[];
}

/** A recorded history is there already, and is another one. Nothing was overwritten. */
export class HistoryExistsError extends Error {
  override readonly name = 'HistoryExistsError';
  readonly files: readonly string[];

  constructor(files: readonly string[]) {
    super(
      `${files.length} recorded ${files.length === 1 ? 'history is' : 'histories are'} there already and would change: ${files.join(', ')}. ` +
        "Delete what is out of date, or record with existing: 'replace' if new executions are to be the measure from now on.",
    );
    this.files = files;
  }
}

/**
 * Saves histories as JSON files that replay reads. A file that is there is never overwritten by accident.
 *
 * @param source a client, or anything that has one, such as a TestWorkflowEnvironment
 * @throws HistoryExistsError when a file is there with another history; nothing is written then
 * @example
 * await recordHistories(env, { folder: 'histories/order', workflowIds: ['order-1'] });
 */
export async function recordHistories(
  source: Client | { readonly client: Client },
  options: RecordHistoriesOptions,
): Promise<RecordedFiles> {
  const client = 'client' in source ? source.client : source;
  const recorded: { file: string; text: string }[] = [];
  for await (const { workflowId, runId, history } of histories(client, options)) {
    checkHistory(history.events ?? [], { workflowId });
    const name = runId === undefined ? workflowId : `${workflowId}.${runId}`;
    const file = join(options.folder, `${name.replaceAll(/[^\w.-]+/g, '_')}.json`);
    recorded.push({
      file,
      text: `${JSON.stringify(toJson('temporal.api.history.v1.History', history), undefined, 1)}\n`,
    });
  }
  const changed = recorded.filter(({ file, text }) => existsSync(file) && readFileSync(file, 'utf8') !== text);
  if (changed.length > 0 && options.existing !== 'replace')
    throw new HistoryExistsError(changed.map(({ file }) => file));
  const isNew = ({ file }: { file: string }): boolean =>
    !existsSync(file) || changed.some((other) => other.file === file);
  const fresh = recorded.filter(isNew);
  mkdirSync(options.folder, { recursive: true });
  for (const { file, text } of fresh) writeFileSync(file, text);
  const written = fresh.map(({ file }) => file);
  return { written, unchanged: recorded.map(({ file }) => file).filter((file) => !written.includes(file)) };
}

interface NamedHistory {
  workflowId: string;
  /** Given where one id may have many runs. */
  runId?: string;
  history: Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;
}

async function* histories(
  client: Client,
  { workflowIds, query }: RecordHistoriesOptions,
): AsyncGenerator<NamedHistory> {
  if (workflowIds !== undefined) {
    for (const workflowId of workflowIds) {
      yield { workflowId, history: await client.workflow.getHandle(workflowId).fetchHistory() };
    }
    return;
  }
  for await (const { workflowId, runId } of client.workflow.list(query === undefined ? {} : { query })) {
    yield { workflowId, runId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() };
  }
}
