import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@reprise/client';
import type { temporal } from '@reprise/proto';
import { toJson } from '@reprise/proto/json';
import { reprise } from './cli.ts';

/** A history as it was saved, and the file that has it. */
export interface SavedHistory {
  readonly workflowId: string;
  readonly history: temporal.api.history.v1.History;
  readonly file: string;
}

/** What `reprise replay` said. */
export interface Replayed {
  readonly exitCode: number;
  readonly passed: number;
  readonly failed: number;
  /** `file:line` that the first cause points at. */
  readonly place: string | undefined;
}

const workflowsFile = fileURLToPath(new URL('../workflows.ts', import.meta.url));

/** Fetches the histories of workflows and saves each as a JSON file, as user interfaces export them. */
export async function saveHistories(handles: readonly WorkflowHandle[], folder: string): Promise<SavedHistory[]> {
  await mkdir(folder);
  return Promise.all(
    handles.map(async (handle) => {
      const history = await handle.fetchHistory();
      const file = join(folder, `${handle.workflowId}.json`);
      await writeFile(file, JSON.stringify(toJson('temporal.api.history.v1.History', history), undefined, 2));
      return { workflowId: handle.workflowId, history, file };
    }),
  );
}

/** Replays the saved files of a folder against the code as it is. */
export function replayCurrent(folder: string): Promise<Replayed> {
  return replay(folder, workflowsFile);
}

/** Replays the saved files against a copy of the code in which the timer comes before the charge. */
export async function replaySwapped(folder: string): Promise<Replayed & { timerLine: number }> {
  // Beside the sources, so that the copy finds the packages they import.
  const copyFolder = await mkdtemp(fileURLToPath(new URL('../../.reprise-swapped-', import.meta.url)));
  try {
    const { text, timerLine } = swapSteps(await readFile(workflowsFile, 'utf8'));
    const copy = join(copyFolder, 'workflows.ts');
    await writeFile(copy, text);
    return { ...(await replay(folder, copy)), timerLine };
  } finally {
    await rm(copyFolder, { recursive: true });
  }
}

async function replay(folder: string, workflows: string): Promise<Replayed> {
  const reportFile = join(folder, '..', 'report.json');
  const args = ['--workflows', basename(workflows), '--reporter', 'pretty', '--reporter', `json=${reportFile}`, folder];
  const exitCode = reprise(['replay', ...args], {
    cwd: dirname(workflows),
    shown: `replay --workflows ${basename(workflows)} histories`,
  });
  const { counts, causes } = JSON.parse(await readFile(reportFile, 'utf8')) as Report;
  const source = causes[0]?.source;
  const place = source && `${basename(source.file)}:${source.line}`;
  return { exitCode, passed: counts.passed, failed: counts.failed, place };
}

interface Report {
  readonly counts: { readonly passed: number; readonly failed: number };
  readonly causes: readonly { readonly source?: { readonly file: string; readonly line: number } }[];
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
