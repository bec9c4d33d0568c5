/** replay-histories.ts hello|sequential COPIES bundle|source */
import { helloHistory, sequentialHistory, type History } from '../history-builder.ts';
import { ownCpuMs, report } from '../measure.ts';
import { bundleWorkflows, replayAll, workflowFile } from './sdk.ts';

const [kind = 'hello', copies = '1', from = 'bundle'] = process.argv.slice(2);
const count = Number(copies);
const base = kind === 'hello' ? helloHistory() : sequentialHistory(1000);
const workflowsPath = workflowFile('replay.ts');
const source = from === 'source' ? { workflowsPath } : { workflowBundle: await bundleWorkflows(workflowsPath) };

function copyOf(index: number): History {
  const [first, ...rest] = base.events;
  if (first === undefined) throw new Error('a history has at least one event');
  const runId = `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`;
  const started = first['workflowExecutionStartedEventAttributes'] as object;
  const attributes = { ...started, originalExecutionRunId: runId, firstExecutionRunId: runId };
  return { events: [{ ...first, workflowExecutionStartedEventAttributes: attributes }, ...rest] };
}

function* histories(): Generator<{ workflowId: string; history: History }> {
  for (let i = 0; i < count; i++) yield { workflowId: `bench-${i}`, history: copyOf(i) };
}

const startedMs = performance.now();
let replayed = 0;
let firstMs = 0;
let firstCpuMs = 0;
for await (const _ of replayAll(source, histories())) {
  replayed += 1;
  if (replayed === 1) {
    firstMs = performance.now();
    firstCpuMs = ownCpuMs();
  }
}
if (replayed !== count) throw new Error(`expected ${count} verdicts, found ${replayed}`);
const others = Math.max(1, count - 1);
const endMs = performance.now();
report({
  historiesPerSecond: count === 1 ? Number.NaN : (others / (endMs - firstMs)) * 1000,
  eventsPerSecond: (others * base.events.length * 1000) / (endMs - (count === 1 ? startedMs : firstMs)),
  cpuMsPerHistory: (ownCpuMs() - firstCpuMs) / others,
});
process.exit(0);
