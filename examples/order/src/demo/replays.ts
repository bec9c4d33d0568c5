import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@reprise/client';
import type { temporal } from '@reprise/proto';
import { fromJson, toJson } from '@reprise/proto/json';
import { replayHistories } from '@reprise/testing';
import type { ReplayVerdict } from '@reprise/testing';

/** A history as it was saved, and the file that has it. */
export interface SavedHistory {
  readonly workflowId: string;
  readonly history: temporal.api.history.v1.History;
  readonly file: string;
}

const historyType = 'temporal.api.history.v1.History';
const workflowsFile = fileURLToPath(new URL('../workflows.ts', import.meta.url));

/** Fetches the histories of workflows and saves each as a JSON file, as user interfaces export them. */
export async function saveHistories(handles: readonly WorkflowHandle[], folder: string): Promise<SavedHistory[]> {
  await mkdir(folder);
  return Promise.all(
    handles.map(async (handle) => {
      const history = await handle.fetchHistory();
      const file = join(folder, `${handle.workflowId}.json`);
      await writeFile(file, JSON.stringify(toJson(historyType, history), undefined, 2));
      return { workflowId: handle.workflowId, history, file };
    }),
  );
}

/** Replays the saved files of a folder against the code as it is. */
export function replayCurrent(folder: string): Promise<ReplayVerdict[]> {
  return replay(folder, workflowsFile);
}

/** Replays the saved files against a copy of the code in which the timer comes before the charge. */
export async function replaySwapped(folder: string): Promise<{ verdicts: ReplayVerdict[]; timerLine: number }> {
  // Beside the sources, so that the copy finds the packages they import.
  const copyFolder = await mkdtemp(fileURLToPath(new URL('../../.reprise-swapped-', import.meta.url)));
  try {
    const { text, timerLine } = swapSteps(await readFile(workflowsFile, 'utf8'));
    const copy = join(copyFolder, 'workflows.ts');
    await writeFile(copy, text);
    return { verdicts: await replay(folder, copy), timerLine };
  } finally {
    await rm(copyFolder, { recursive: true });
  }
}

async function replay(folder: string, workflowsPath: string): Promise<ReplayVerdict[]> {
  const names = await readdir(folder);
  const histories = await Promise.all(
    names.toSorted().map(async (name) => ({
      workflowId: name.replace('.json', ''),
      history: await readFile(join(folder, name), 'utf8').then((text) => fromJson(historyType, JSON.parse(text))),
    })),
  );
  const verdicts: ReplayVerdict[] = [];
  for await (const verdict of replayHistories({ workflowsPath }, histories)) verdicts.push(verdict);
  return verdicts;
}

function swapSteps(source: string): { text: string; timerLine: number } {
  const lines = source.split('\n');
  const charge = lines.findIndex((line) => line.includes('await charge('));
  const timer = lines.findIndex((line) => line.includes('await sleep('));
  const [chargeLine, timerLine] = [lines[charge], lines[timer]];
  if (chargeLine === undefined || timerLine === undefined)
    throw new Error(`Expected ${workflowsFile} to charge and to sleep`);
  lines[charge] = timerLine;
  lines[timer] = chargeLine;
  return { text: lines.join('\n'), timerLine: charge + 1 };
}
