/** The main module of a replay host: judges what it is asked for, and ends when the process that started it is gone. */
import { WorkflowBundle } from '@reprise/worker/replay';

import { CorpusError } from '../corpus/corpus-problem.ts';
import { readHistoryFile } from '../corpus/read-history-file.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';
import { lastOutcome } from '../diagnose/last-outcome.ts';
import { codeOf } from '../replay/code-under-test.ts';
import { withDueTask } from '../replay/due-task.ts';
import { isWanted } from '../replay/history-filter.ts';
import { loadPayloadModules, PayloadModuleError } from '../replay/load-payload-modules.ts';
import { Replayer, type ReplayWatch } from '../replay/replayer.ts';
import { summaryOf } from '../replay/verdict.ts';
import {
  type FilesQuestion,
  type FromHost,
  type HostSettings,
  LINE,
  type Position,
  type Question,
  type SentJudgement,
  type ToHost,
} from './host-messages.ts';
import { endWithParent } from './end-with-parent.ts';
import { Journal } from './journal.ts';
import { sentProblem, sentVerdict } from './sent-problem.ts';

/** Answers are gathered for so long, or until there are so many. */
const GATHER_MS = 50;
const GATHER = 50;

const journal = new Journal();
let replayer: Replayer | undefined;
/** Why there is none. */
let openError: unknown;
let decodes = false;
/** Calls into the code for the history that is judged; the first is told of with the history itself. */
let calls = 0;

const watch: ReplayWatch = {
  onCall: () => {
    if (++calls > 1) journal.write(LINE.calling);
  },
  onActivation: () => journal.signOfLife(),
  onReturn: () => {
    if (calls > 1) journal.write(LINE.between);
  },
};

function send(message: FromHost): void {
  process.send?.(message);
}

async function open({ bundleCode, files, cwd, payloadModules, ...rest }: HostSettings): Promise<void> {
  replayer?.dispose();
  replayer = undefined;
  const decoding = await loadPayloadModules(payloadModules);
  decodes = decoding.payloadCodecs.length > 0 || decoding.externalStorage !== undefined;
  const code = codeOf(WorkflowBundle.parse(bundleCode), { files, cwd });
  replayer = new Replayer(code, { ...rest, ...decoding, watch });
}

async function answer(question: Question): Promise<void> {
  if (replayer === undefined) throw openError;
  const { kind } = question;
  if (kind === 'files') return await judgeFiles(question, replayer);
  if (kind === 'places') {
    const history = await replayer.decode(question.history);
    begin({ history, at: FIRST });
    return send({ kind: 'places', places: replayer.placesOf(history) });
  }
  const judgement = await judge(question.history, { at: FIRST, isTraced: question.isTraced === true, replayer });
  send({ kind: 'judged', judgements: [judgement] });
  send({ kind: 'done' });
}

const FIRST: Position = { file: 0, history: 0 };

async function judgeFiles({ files, cwd, filter, from, without, isTraced }: FilesQuestion, by: Replayer): Promise<void> {
  const gathered: SentJudgement[] = [];
  let sentMs = performance.now();
  const flush = async (): Promise<void> => {
    send({ kind: 'judged', judgements: gathered.splice(0) });
    sentMs = performance.now();
    // Lets the message go, and hears when nobody listens any more.
    await new Promise((resolve) => setImmediate(resolve));
  };
  for (const [file, name] of files.entries()) {
    if (file < from.file) continue;
    journal.write(LINE.reading, file);
    let index = 0;
    for (const read of readHistoryFile(name, cwd)) {
      const at = { file, history: index++ };
      const isLeftOut = without.some((each) => each.file === file && each.history === at.history);
      if (isLeftOut || (file === from.file && at.history < from.history)) continue;
      if (read.kind === 'problem') gathered.push({ at, kind: 'problem', problem: sentProblem(read.error) });
      else if (!isWanted(read.history, filter))
        gathered.push({ at, kind: 'skipped', workflowType: read.history.workflowType });
      else gathered.push(await judge(read.history, { at, isTraced: isTraced === true, replayer: by }));
      if (isTraced === true) break;
      if (gathered.length >= GATHER || performance.now() - sentMs > GATHER_MS) await flush();
      if (index > 1) journal.write(LINE.reading, file);
    }
    if (isTraced === true) break;
  }
  if (gathered.length > 0) await flush();
  send({ kind: 'done' });
}

interface Judging {
  readonly at: Position;
  readonly isTraced: boolean;
  readonly replayer: Replayer;
}

async function judge(read: RecordedHistory, { at, isTraced, replayer: by }: Judging): Promise<SentJudgement> {
  try {
    // That may take its time.
    if (decodes) journal.write(LINE.between);
    const history = await by.decode(read);
    begin({ history, at });
    if (isTraced) trace(history, by);
    return { at, kind: 'verdict', verdict: sentVerdict(by.judge(history)) };
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    return { at, kind: 'problem', problem: sentProblem(error) };
  }
}

function begin({ history, at }: { history: RecordedHistory; at: Position }): void {
  calls = 0;
  journal.write(LINE.judging, { at, summary: summaryOf(history) });
}

/** Tells of every activation before it begins. */
function trace(history: RecordedHistory, by: Replayer): void {
  const events = withDueTask(history);
  const start = by.source.definition(history.workflowType);
  let stack: string | undefined;
  try {
    by.replay(history, {
      events,
      strict: true,
      places: true,
      onMatched: (_event, { intent }) => (stack = intent.place ?? stack),
      onActivation: (lastEventId) => {
        const [outcome, lastStep] = [lastOutcome(events, lastEventId), by.source.place(stack)];
        journal.write(LINE.point, { outcome, lastStep, start });
      },
    });
  } catch {
    // What can be caught is found again when it is judged.
  }
}

async function handle(message: ToHost): Promise<void> {
  try {
    if (message.kind === 'open') await open(message.settings).catch((error: unknown) => (openError = error));
    else await answer(message);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const isOfPayloads = error instanceof PayloadModuleError;
    send({ kind: 'failed', message: isOfPayloads ? message : (stack ?? message), isOfPayloads });
  }
}

endWithParent();
let last = Promise.resolve();
process.on('message', (message) => {
  last = last.then(() => handle(message as ToHost));
});
process.on('disconnect', () => replayer?.dispose());
