/** Whatever way a list finds its runs, it finds the same ones, in the same order. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { VisibilityRecord } from '../execution/effects.ts';
import type { SearchAttributeType } from '../system/search-attribute/search-attribute-type.ts';
import { SqliteVisibility } from './sqlite-visibility.ts';

const types: Readonly<Record<string, SearchAttributeType>> = {
  WorkflowId: 'Keyword',
  RunId: 'Keyword',
  WorkflowType: 'Keyword',
  TaskQueue: 'Keyword',
  ExecutionStatus: 'Keyword',
  StartTime: 'Datetime',
  ExecutionTime: 'Datetime',
  CloseTime: 'Datetime',
  HistoryLength: 'Int',
  ParentWorkflowId: 'Keyword',
  RootWorkflowId: 'Keyword',
  RootRunId: 'Keyword',
  Colour: 'Keyword',
  Count: 'Int',
  Tags: 'KeywordList',
};
const encode = (value: unknown, type: string) => ({
  metadata: { encoding: Buffer.from('json/plain'), type: Buffer.from(type) },
  data: Buffer.from(JSON.stringify(value)),
});
const at = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** More than are looked up one by one, in a pattern: `i` runs from 0 to 4999. */
const count = 5000;
function record(i: number): VisibilityRecord {
  const isOpen = i % 50 === 0;
  const isChild = i % 1000 === 7;
  const { workflowId, runId } = { workflowId: `workflow-${i}`, runId: `run-${i}` };
  return {
    runKey: i + 1,
    namespaceId: 'n',
    workflowId,
    runId,
    workflowType: i % 3 === 0 ? 'often' : i === 4 ? 'once' : 'usual',
    taskQueue: 'queue',
    status: isOpen ? 1 : i % 400 === 1 ? 3 : 2,
    startTimeMs: i * 1000,
    executionTimeMs: i * 1000,
    ...(isOpen ? {} : { closeTimeMs: i * 1000 + (i % 7) * 10_000, historyLength: i % 90 }),
    ...(isChild ? { parentWorkflowId: 'parent', parentRunId: 'parent-run' } : {}),
    rootWorkflowId: isChild ? 'parent' : workflowId,
    rootRunId: isChild ? 'parent-run' : runId,
    searchAttributes: {
      indexedFields: {
        ...(i % 2 === 0 ? { Colour: encode(i === 4000 ? 'red' : 'blue', 'Keyword') } : {}),
        Count: encode(i % 10, 'Int'),
        Tags: encode(i === 3 ? ['all', 'rare'] : ['all'], 'KeywordList'),
      },
    },
  };
}

const records = Array.from({ length: count }, (_, i) => record(i));
const visibility = new SqliteVisibility({
  database: new DatabaseSync(':memory:'),
  searchAttributes: { typeOf: (_namespace, name) => types[name] },
});
for (const one of records) visibility.upsert(one);

const colour = (i: number): string | undefined => (i % 2 === 0 ? (i === 4000 ? 'red' : 'blue') : undefined);
const closed = (i: number): boolean => i % 50 !== 0;
const closeTime = (i: number): number => (closed(i) ? i + (i % 7) * 10 : Infinity);

test.each<[query: string, matches: (i: number) => boolean]>([
  [`StartTime < '${at(100)}'`, (i) => i < 100],
  [`StartTime < '${at(4000)}'`, (i) => i < 4000],
  [`StartTime > '${at(1000)}' AND StartTime <= '${at(1100)}'`, (i) => i > 1000 && i <= 1100],
  [
    `StartTime > '${at(1000)}' AND StartTime < '${at(1100)}' AND ExecutionStatus = 'Running'`,
    (i) => i > 1000 && i < 1100 && !closed(i),
  ],
  [`StartTime NOT BETWEEN '${at(100)}' AND '${at(4900)}'`, (i) => i < 100 || i > 4900],
  [`NOT (StartTime >= '${at(10)}')`, (i) => i < 10],
  [`CloseTime < '${at(200)}'`, (i) => closeTime(i) < 200],
  [`CloseTime BETWEEN '${at(900)}' AND '${at(1000)}'`, (i) => closeTime(i) >= 900 && closeTime(i) <= 1000],
  ['CloseTime IS NULL', (i) => !closed(i)],
  ['CloseTime IS NOT NULL', closed],
  ["ExecutionStatus != 'Completed'", (i) => !closed(i) || i % 400 === 1],
  ["ExecutionStatus IN ('Failed', 'Running')", (i) => !closed(i) || i % 400 === 1],
  ["WorkflowType = 'once'", (i) => i === 4],
  ["WorkflowType != 'usual'", (i) => i % 3 === 0 || i === 4],
  ["WorkflowType STARTS_WITH 'o'", (i) => i % 3 === 0 || i === 4],
  ["WorkflowId STARTS_WITH 'workflow-12'", (i) => String(i).startsWith('12')],
  ["WorkflowId IN ('workflow-1', 'workflow-2', 'none')", (i) => i === 1 || i === 2],
  ["RunId = 'run-12'", (i) => i === 12],
  ["TaskQueue != 'queue'", () => false],
  ['ParentWorkflowId IS NOT NULL', (i) => i % 1000 === 7],
  ['ParentWorkflowId IS NULL', (i) => i % 1000 !== 7],
  ["ParentWorkflowId = 'parent'", (i) => i % 1000 === 7],
  ["RootWorkflowId = 'parent'", (i) => i % 1000 === 7],
  ["RootWorkflowId STARTS_WITH 'workflow-499'", (i) => String(i).startsWith('499') && i % 1000 !== 7],
  ["RootRunId = 'parent-run'", (i) => i % 1000 === 7],
  ["RootRunId = 'run-12'", (i) => i === 12],
  ['Colour IS NULL', (i) => i % 2 === 1],
  ['Colour IS NOT NULL', (i) => i % 2 === 0],
  ["Colour != 'blue'", (i) => i === 4000],
  ["Colour = 'blue'", (i) => colour(i) === 'blue'],
  [`Colour = 'blue' AND StartTime < '${at(30)}'`, (i) => i < 30 && i % 2 === 0],
  [
    `Colour = 'blue' AND CloseTime > '${at(10)}' AND StartTime < '${at(3000)}'`,
    (i) => i < 3000 && i % 2 === 0 && closeTime(i) > 10,
  ],
  ["Colour = 'blue' AND ExecutionStatus = 'Failed'", (i) => colour(i) === 'blue' && i % 400 === 1 && closed(i)],
  ["Colour = 'red' OR Count = 77", (i) => i === 4000],
  ["Colour = 'red' OR WorkflowId = 'workflow-9'", (i) => i === 4000 || i === 9],
  ['NOT (Count < 9)', (i) => i % 10 === 9],
  ['NOT (Count BETWEEN 1 AND 9)', (i) => i % 10 === 0],
  ['Count != 3', (i) => i % 10 !== 3],
  ["Tags = 'rare'", (i) => i === 3],
  ["Tags != 'rare'", (i) => i !== 3],
  ['HistoryLength > 88', (i) => closed(i) && i % 90 > 88],
  [`ExecutionTime < '${at(5)}'`, (i) => i < 5],
])('%s', (query, matches) => {
  const expected = records
    .filter((_, i) => matches(i))
    .sort(
      (a, b) =>
        (b.closeTimeMs ?? Infinity) - (a.closeTimeMs ?? Infinity) ||
        b.startTimeMs - a.startTimeMs ||
        b.runKey - a.runKey,
    )
    .map(({ workflowId }) => workflowId);
  const found: string[] = [];
  let pageToken: Uint8Array | undefined;
  do {
    const page = visibility.list({ namespaceId: 'n', query, pageSize: 1000, pageToken });
    found.push(...page.records.map(({ workflowId }) => workflowId));
    pageToken = page.nextPageToken;
  } while (pageToken.length > 0);
  expect(found).toEqual(expected);
  expect(visibility.count({ namespaceId: 'n', query }).count).toBe(expected.length);
});
