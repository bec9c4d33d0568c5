/**
 * Judges histories as a Replayer does, in a process of its own: code that nothing interrupts, and code that takes its
 * process with it, cost one verdict and not the rest.
 *
 * I1. A history that took a host down is replayed once more, to find where: what comes to a verdict then, has that one.
 */
import { CorpusError } from '../corpus/corpus-problem.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';
import { diagnoseEndless } from '../diagnose/diagnose-endless.ts';
import type { HistoryFilter } from '../replay/history-filter.ts';
import { hostPatienceMs, tracePatienceMs } from '../replay/patience.ts';
import type { ReplayVerdict } from '../replay/verdict.ts';
import type { FilesQuestion, HistoryQuestion, HostSettings, Places, Position, SentJudgement } from './host-messages.ts';
import { type HostLoss, ReplayHost } from './replay-host.ts';
import { receivedProblem, receivedVerdict } from './sent-problem.ts';

/** A process that starts beside many others is slow until its code runs. */
const SLOW_START_MS = 10_000;

/** What became of one history, or of a file that has none. */
export type Judgement =
  | { readonly kind: 'verdict'; readonly verdict: ReplayVerdict }
  | { readonly kind: 'problem'; readonly error: CorpusError }
  | { readonly kind: 'skipped'; readonly workflowType: string };

/** One that is waiting for the next replayer: starting a process takes longer than most replays. */
let resting: ReplayHost | undefined;

export class HostedReplayer {
  readonly #settings: Omit<HostSettings, 'losses'>;
  #host: ReplayHost | undefined;
  /** How often code has taken a host down. */
  #losses = 0;

  constructor(settings: Omit<HostSettings, 'losses'>, host?: ReplayHost) {
    this.#settings = settings;
    this.#host = host;
    host?.open({ ...settings, losses: 0 });
  }

  /** Every history of the files that the filter leaves in, in order. */
  async judgeFiles(
    files: readonly string[],
    { cwd, filter }: { cwd: string; filter: HistoryFilter },
    onJudged: (judgement: Judgement) => void,
  ): Promise<void> {
    const without: Position[] = [];
    let from: Position = { file: 0, history: 0 };
    for (;;) {
      const question: FilesQuestion = { kind: 'files', files, cwd, filter, from, without: [...without] };
      const loss = await this.#ask(question, (judgement) => {
        from = { file: judgement.at.file, history: judgement.at.history + 1 };
        onJudged(received(judgement));
      });
      if (loss === undefined) return;
      if (loss.judged === undefined) {
        const file = loss.reading === undefined ? undefined : files[loss.reading];
        if (file === undefined || loss.reading === undefined) throw new Error(`a replay host was lost: ${loss.what}`);
        onJudged({ kind: 'problem', error: new CorpusError('R3002', `cannot be read: ${loss.what}`, { file }) });
        from = { file: loss.reading + 1, history: 0 };
        continue;
      }
      const { at } = loss.judged;
      without.push(at);
      onJudged(await this.#trace({ ...question, from: at, without: [], isTraced: true }, loss));
    }
  }

  /** @throws CorpusError when the payloads of the history cannot be decoded */
  async judge(history: RecordedHistory): Promise<ReplayVerdict> {
    let judgement: Judgement | undefined;
    const question: HistoryQuestion = { kind: 'history', history };
    const loss = await this.#ask(question, (each) => (judgement = received(each)));
    if (loss !== undefined) judgement = await this.#trace({ ...question, isTraced: true }, loss);
    if (judgement?.kind === 'problem') throw judgement.error;
    if (judgement?.kind !== 'verdict') throw new Error('a replay host did not answer');
    return judgement.verdict;
  }

  /** Where the code asks for what is recorded; nowhere, where that never comes to an end. */
  async placesOf(history: RecordedHistory): Promise<Places> {
    const answer = await this.#opened().ask({ kind: 'places', history }, { maxCallMs: this.#maxCallMs() });
    if (answer.kind === 'places') return answer.places;
    this.#losses++;
    return { fits: false, places: new Map() };
  }

  dispose(): void {
    const host = this.#host;
    this.#host = undefined;
    if (host === undefined || host.isGone) return;
    if (resting !== undefined && !resting.isGone) return host.close();
    resting = host;
    host.rest();
  }

  #opened(): ReplayHost {
    if (this.#host !== undefined && !this.#host.isGone) return this.#host;
    this.#host = restedHost();
    this.#host.open({ ...this.#settings, losses: this.#losses });
    return this.#host;
  }

  #maxCallMs(): number {
    return hostPatienceMs(this.#settings.activationTimeoutMs, this.#losses);
  }

  async #ask(
    question: FilesQuestion | HistoryQuestion,
    onJudged: (judgement: SentJudgement) => void,
  ): Promise<HostLoss | undefined> {
    const answer = await this.#opened().ask(question, { maxCallMs: this.#maxCallMs(), onJudged });
    if (answer.kind !== 'lost') return undefined;
    this.#losses++;
    return answer.loss;
  }

  /** I1. */
  async #trace(question: FilesQuestion | HistoryQuestion, first: HostLoss): Promise<Judgement> {
    let judgement: Judgement | undefined;
    const onJudged = (each: SentJudgement): void => void (judgement ??= received(each));
    const maxCallMs = tracePatienceMs(this.#settings.activationTimeoutMs);
    const answer = await this.#opened().ask(question, { maxCallMs, firstCallMs: SLOW_START_MS, onJudged });
    if (judgement !== undefined) return judgement;
    const again = answer.kind === 'lost' ? answer.loss : undefined;
    const summary = (again?.judged ?? first.judged)?.summary;
    if (summary === undefined) throw new Error(`a replay host was lost: ${first.what}`);
    const { outcome, lastStep, start } = again?.point ?? {};
    const { workflowType } = summary;
    const { reason, what: message } = first;
    const finding = diagnoseEndless({ workflowType, reason, message, seen: undefined, lastStep, start, outcome });
    return { kind: 'verdict', verdict: { history: summary, status: 'failed', findings: [finding] } };
  }
}

/** A process to replay in: one that is there already, or a new one. */
export function restedHost(): ReplayHost {
  const host = resting;
  resting = undefined;
  return host === undefined || host.isGone ? new ReplayHost() : host;
}

function received(sent: SentJudgement): Judgement {
  switch (sent.kind) {
    case 'verdict':
      return { kind: 'verdict', verdict: receivedVerdict(sent.verdict) };
    case 'problem':
      return { kind: 'problem', error: receivedProblem(sent.problem) };
    case 'skipped':
      return { kind: 'skipped', workflowType: sent.workflowType };
  }
}
