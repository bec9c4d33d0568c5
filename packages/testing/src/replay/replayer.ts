/**
 * Judges histories against one version of workflow code, as many as wanted, one after the other.
 *
 * Owns the isolate that the code runs in; the bundle is made once. Prints nothing.
 * I1. After `dispose` nothing may be asked of it.
 */
import { IsolateLostError, replayHistory, type Isolate, type ReplayOutcome } from '@reprise/worker/replay';

import { decodePayloads, type PayloadDecoding } from '../corpus/decode-payloads.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';
import { changedValues, compareValues } from '../diagnose/compare-values.ts';
import { diagnoseDifference } from '../diagnose/diagnose-difference.ts';
import { diagnoseEndless } from '../diagnose/diagnose-endless.ts';
import { diagnoseThrown } from '../diagnose/diagnose-thrown.ts';
import type { Finding, SourcePlace } from '../diagnose/finding.ts';
import { lastOutcome } from '../diagnose/last-outcome.ts';
import { likelyReturn } from '../diagnose/likely-return.ts';
import type { SourceLookup } from '../diagnose/source-lookup.ts';
import { leftoverCommands } from '../probe/leftover-commands.ts';
import { askedNow, type ReplayVariation } from '../probe/probe.ts';
import type { CodeUnderTest } from './code-under-test.ts';
import { KnownCauses } from './known-causes.ts';
import { leftoverMismatch } from './leftover-mismatch.ts';
import { corpusProblem } from './corpus-problem-of.ts';
import { withDueTask } from './due-task.ts';
import { isolatePatienceMs } from './patience.ts';
import { type ReplayVerdict, summaryOf } from './verdict.ts';

export interface ReplayerOptions extends PayloadDecoding {
  readonly namespace: string;
  readonly strict: boolean;
  readonly activationTimeoutMs: number;
  /** How often code has not come to an end elsewhere. Default 0. */
  readonly losses?: number;
  readonly watch?: ReplayWatch;
}

/** Told what the replayer is at, so that someone else can tell when it does not return. */
export interface ReplayWatch {
  /** Workflow code is about to run. */
  onCall(): void;
  onActivation(): void;
  onReturn(): void;
}

export class Replayer {
  readonly #code: CodeUnderTest;
  readonly #options: ReplayerOptions;
  readonly #knownCauses = new KnownCauses();
  #isolate: Isolate | undefined;
  /** How often code has not come to an end. */
  #losses: number;
  /** How far the last replay came. */
  #lastEventId = 0;

  constructor(code: CodeUnderTest, options: ReplayerOptions) {
    this.#code = code;
    this.#options = options;
    this.#losses = options.losses ?? 0;
  }

  get source(): SourceLookup {
    return this.#code.source;
  }

  /** Replays one history, and finds out what is wrong if it does not fit. */
  judge(history: RecordedHistory): ReplayVerdict {
    const due = { ...history, events: withDueTask(history) };
    return { ...this.#judge(due), history: summaryOf(history) };
  }

  #judge(history: RecordedHistory): ReplayVerdict {
    try {
      if (this.#fits(history)) return this.#verdict(history, []);
      return this.#examine(history);
    } catch (error) {
      if (!(error instanceof IsolateLostError)) throw error;
      this.#losses++;
      return this.#verdict(history, [this.#endless(error, history)]);
    }
  }

  /** The history with its payloads as the options say they are read, ready to be judged. */
  async decode(history: RecordedHistory): Promise<RecordedHistory> {
    return await decodePayloads(history, this.#options);
  }

  /** One replay, with a variation, for those who look for more than a verdict. */
  replay(history: Pick<RecordedHistory, 'workflowId'>, variation: ReplayVariation): ReplayOutcome {
    const { namespace, watch, activationTimeoutMs } = this.#options;
    this.#isolate ??= this.#code.openIsolate(isolatePatienceMs(activationTimeoutMs, this.#losses));
    const onActivation = (lastEventId: number): void => {
      this.#lastEventId = lastEventId;
      watch?.onActivation();
      variation.onActivation?.(lastEventId);
    };
    const { workflowId } = history;
    watch?.onCall();
    try {
      return replayHistory({ ...variation, onActivation, isolate: this.#isolate, namespace, workflowId });
    } catch (error) {
      if (error instanceof IsolateLostError) this.#isolate = undefined;
      throw error;
    } finally {
      watch?.onReturn();
    }
  }

  /** Where the code asks for each recorded step. */
  placesOf(history: RecordedHistory): { fits: boolean; places: Map<number, SourcePlace> } {
    const places = new Map<number, SourcePlace>();
    const { status } = this.#probe(history, {
      events: history.events,
      strict: true,
      places: true,
      onMatched: (event, { intent }) => {
        const place = this.source.place(intent.place);
        if (place !== undefined) places.set(event.eventId ?? 0, place);
      },
    });
    return { fits: status === 'ok', places };
  }

  dispose(): void {
    this.#isolate?.dispose();
    this.#isolate = undefined;
  }

  /** The quick way, that almost all histories take: nothing differs, so nobody asks where anything was asked for. */
  #fits(history: RecordedHistory): boolean {
    let isSame = true;
    const defaults = history.events[0]?.workflowExecutionStartedEventAttributes ?? undefined;
    const outcome = this.replay(history, {
      events: history.events,
      strict: true,
      places: false,
      onMatched: (event, { intent }) => (isSame &&= changedValues(event, intent, defaults).length === 0),
    });
    return outcome.status === 'ok' && isSame && leftoverCommands(outcome, history.events).length === 0;
  }

  #examine(history: RecordedHistory): ReplayVerdict {
    const warnings: Finding[] = [];
    const stacks: (string | undefined)[] = [];
    const { source } = this.#code;
    const defaults = history.events[0]?.workflowExecutionStartedEventAttributes ?? undefined;
    const outcome = this.replay(history, {
      events: history.events,
      strict: true,
      places: true,
      onMatched: (event, { intent }) => {
        for (const finding of compareValues(event, intent, { source, defaults })) {
          const isReturn = intent.kind === 'completeWorkflow';
          const returned = isReturn
            ? likelyReturn(stacks, { source, workflowType: history.workflowType })
            : finding.place;
          warnings.push(returned === undefined ? finding : { ...finding, place: returned });
        }
        stacks.push(intent.place);
      },
    });
    return this.#judgeOutcome(history, outcome, warnings);
  }

  #judgeOutcome(history: RecordedHistory, outcome: ReplayOutcome, warnings: Finding[]): ReplayVerdict {
    const { source } = this.#code;
    const problem = corpusProblem(outcome, history);
    if (problem !== undefined) return { history: summaryOf(history), status: 'unreadable', findings: [], problem };
    if (outcome.status === 'threw')
      return this.#verdict(history, [
        diagnoseThrown(outcome, { history, source, replay: (variation) => this.#probe(history, variation) }),
      ]);
    const left = outcome.status === 'ok' ? leftoverCommands(outcome, history.events) : [];
    if (outcome.status === 'ok' && left.length === 0) return this.#verdict(history, warnings);
    const mismatch = outcome.status === 'mismatch' ? outcome.mismatch : leftoverMismatch(left, history);
    const now = outcome.status === 'mismatch' ? askedNow(outcome) : left.map(({ intent }) => intent);
    const known = this.#knownCauses.findingsFor(mismatch, now);
    if (known !== undefined) return this.#verdict(history, known);
    const { waitsAt, handled } = outcome.status === 'mismatch' ? outcome : { waitsAt: [], handled: undefined };
    const findings = diagnoseDifference(
      { workflowType: history.workflowType, events: history.events, mismatch, now, waitsAt, handled },
      (variation) => this.#probe(history, variation),
      source,
    );
    this.#knownCauses.add(mismatch, now, findings);
    return this.#verdict(history, findings);
  }

  #endless({ reason, message, rawStack }: IsolateLostError, history: RecordedHistory): Finding {
    const outcome = lastOutcome(history.events, this.#lastEventId);
    const seen = this.source.place(rawStack);
    const lastStep = seen === undefined ? this.#lastPlace(history) : undefined;
    const { workflowType } = history;
    const start = this.source.definition(workflowType);
    return diagnoseEndless({ workflowType, reason, message, seen, lastStep, start, outcome });
  }

  /** Where code that does not come to an end asked for the last step that is recorded. */
  #lastPlace(history: RecordedHistory): SourcePlace | undefined {
    let stack: string | undefined;
    this.#probe(history, {
      events: history.events,
      strict: true,
      places: true,
      onMatched: (_event, { intent }) => (stack = intent.place ?? stack),
    });
    return this.#code.source.place(stack);
  }

  /** A probe that never ends is one that explains nothing. */
  #probe(history: RecordedHistory, variation: ReplayVariation): ReplayOutcome {
    try {
      return this.replay(history, variation);
    } catch (error) {
      if (!(error instanceof IsolateLostError)) throw error;
      return {
        status: 'threw',
        failure: { message: error.message },
        lastEventId: 0,
        isOpenTask: false,
      };
    }
  }

  #verdict(history: RecordedHistory, findings: readonly Finding[]): ReplayVerdict {
    const isError = ({ severity }: Finding): boolean => severity === 'error' || this.#options.strict;
    return { history: summaryOf(history), status: findings.some(isError) ? 'failed' : 'passed', findings };
  }
}
