/** Runs the recorded scenarios again, with our SDK or the published one, and compares what happens with the recordings. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { golden, homes, runScript, type Sdk, stage } from './stage.ts';

export interface Recording {
  sdk: Sdk;
  /** Of a server that knows the search attribute CustomKeywordField, of type Keyword. */
  address: string;
  /** Only scenarios whose name starts so; all of them by default. */
  prefix?: string;
}

export interface Comparison {
  /** One line for each scenario that went another way than recorded. */
  differences: string[];
  passed: number;
  folder: string;
}

export async function recordScenarios({ sdk, address, prefix = '' }: Recording): Promise<Comparison> {
  const staged = stage(sdk, 'scenarios');
  const folder = join(staged, 'out');
  const record = (names: string): Promise<string> => runScript(join(staged, 'record.ts'), [address, folder, names]);
  let log = await record(prefix);
  let compared = await compareRecorded(staged, folder, prefix);
  for (let tries = 0; tries < mostTries && compared.differences.some(isRace); tries++) {
    for (const line of compared.differences.filter(isRace)) log += await record(nameOf(line));
    compared = await compareRecorded(staged, folder, prefix);
  }
  writeFileSync(join(staged, 'record.log'), log);
  return { ...compared, differences: compared.differences.map((line) => withFailure(line, log)), folder };
}

/**
 * What arrives while the first workflow task of its target is under way makes the server answer that task with another, and
 * a termination ends it: in the recordings they come a moment later. These differences alone have more tries, on a quieter
 * machine.
 */
const races = [
  /workflowTaskStartedEventAttributes\.requestId: .* <> "request-from-RespondWorkflowTaskCompleted"$/,
  /^terminate: .*: "EVENT_TYPE_WORKFLOW_TASK_COMPLETED" <> "EVENT_TYPE_WORKFLOW_TASK_FAILED"$/,
];
const isRace = (line: string): boolean => races.some((race) => race.test(line));
const mostTries = 4;
const nameOf = (line: string): string => line.split(':')[0] ?? '';

async function compareRecorded(
  staged: string,
  folder: string,
  prefix: string,
): Promise<Pick<Comparison, 'differences' | 'passed'>> {
  const compared = await runScript(join(staged, 'compare.ts'), [join(golden, 'histories'), folder, prefix]);
  const lines = compared.trim().split('\n');
  const passed = Number(/^(\d+) passed/.exec(lines.at(-1) ?? '')?.[1] ?? 0);
  return { differences: lines.slice(0, -1), passed };
}

/** A scenario that was not recorded says in the log why. */
function withFailure(line: string, log: string): string {
  const name = nameOf(line);
  const start = log.indexOf(`FAIL ${name} `);
  if (start < 0) return line;
  return `${line}\n${log.slice(start).split('\n').slice(0, 8).join('\n')}`;
}

/** Replays what `recordScenarios` recorded with the published SDK; returns what failed. */
export async function replayWithPublishedSdk(folder: string): Promise<{ replayed: number; failures: string[] }> {
  const workflows = join(stage('published', 'scenarios', 'replayed'), 'workflows.ts');
  const printed = await runScript(join(homes.published, 'src/replay.ts'), [workflows, folder]);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as { replayed: number; failures: string[] };
}
