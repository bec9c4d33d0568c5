import type { Finding } from '../diagnose/finding.ts';
import { stepText } from '../diagnose/step-text.ts';
import type { ReplayVerdict } from '../replay/verdict.ts';
import { type Cause, causeKeys, NAMES_KEPT } from './cause.ts';

interface Seen {
  finding: Finding;
  count: number;
  /** How often in one history, at most. */
  times: number;
}

interface Growing {
  /** By code and place: how many histories show it so, and the first of those findings. */
  readonly seen: Map<string, Seen>;
  readonly workflowTypes: Set<string>;
  readonly steps: Set<string>;
  readonly histories: string[];
  /** The cause that was found first in the histories in which this one was found later. */
  readonly after: Set<Growing>;
  /** In how many histories it was found first. */
  first: number;
  count: number;
  open: number;
  closed: number;
}

/** The causes of a corpus while its verdicts come in. */
export class GrowingCauses {
  readonly #byKey = new Map<string, Growing>();

  /** Counts what was found in one history, each cause once. */
  add(findings: readonly Finding[], history: ReplayVerdict['history']): void {
    const counted = new Set<Growing>();
    let first: Growing | undefined;
    for (const finding of findings) {
      const cause = this.#causeOf(finding);
      if (finding.severity === 'error') {
        first ??= cause;
        if (first === cause) cause.first++;
        else cause.after.add(first);
      }
      const side = finding.now ?? finding.recorded;
      if (side !== undefined) cause.steps.add(stepText(side));
      if (counted.has(cause)) continue;
      counted.add(cause);
      count(cause, finding, history);
    }
  }

  /** Errors first, then by the number of histories. */
  all(): Cause[] {
    const all = [...new Set(this.#byKey.values())];
    const consequences = new Map(all.flatMap((cause) => causedBy(cause).map((by) => [cause, by] as const)));
    const causes = all
      .filter((cause) => !consequences.has(cause))
      .map((cause) => {
        const { seen, after: _after, first: _first, ...rest } = cause;
        const own = all.filter((each) => consequences.get(each) === cause);
        const finding = representative(seen, rest.open);
        return { ...rest, finding: { ...finding, notes: [...finding.notes, ...own.map(consequenceNote)] } };
      });
    return causes.sort(bySeverityAndCount);
  }

  #causeOf(finding: Finding): Growing {
    const keys = causeKeys(finding);
    const known = keys.map((key) => this.#byKey.get(key)).find((cause) => cause !== undefined);
    const cause = known ?? {
      seen: new Map(),
      workflowTypes: new Set(),
      steps: new Set(),
      histories: [],
      after: new Set(),
      first: 0,
      count: 0,
      open: 0,
      closed: 0,
    };
    for (const key of keys) if (!this.#byKey.has(key)) this.#byKey.set(key, cause);
    return cause;
  }
}

/** After such a change, other steps may go as well. */
const LEADS_ON: ReadonlySet<Finding['code']> = new Set(['R1002', 'R1004', 'R1005', 'R1008']);
/** Nothing but an edit gives a step another name. */
const NAMED: ReadonlySet<Finding['code']> = new Set(['R1001', 'R1006', 'R1007']);

/**
 * What is found only after another difference, and not always after it, is what that one leads to in some histories: a step
 * that is undone no more because it was not done.
 */
function causedBy({ after, first, count: own, seen }: Growing): Growing[] {
  const [by] = after;
  const { code, isOwnEdit, recorded } = mostSeen(seen);
  if (NAMED.has(code)) return [];
  // What goes after another step has gone, or moved, may be what is done about that one.
  const isAnswer =
    code === 'R1004' && recorded?.kind !== 'timer' && by !== undefined && LEADS_ON.has(mostSeen(by.seen).code);
  if (isOwnEdit === true && !isAnswer) return [];
  return first === 0 && by !== undefined && after.size === 1 && own < by.count ? [by] : [];
}

function consequenceNote({ seen, count: own }: Growing): string {
  const { title, place } = mostSeen(seen);
  const where = place === undefined ? '' : ` (${place.file}:${place.line})`;
  return `after it, in ${own} of them: ${title}${where}; most likely a consequence`;
}

function count(cause: Growing, finding: Finding, history: ReplayVerdict['history']): void {
  const key = `${finding.code} ${finding.place?.file}:${finding.place?.line}`;
  const seen = cause.seen.get(key);
  if (seen === undefined) cause.seen.set(key, { finding, count: 1, times: finding.times });
  else {
    seen.count++;
    seen.times = Math.max(seen.times, finding.times);
    // One that explains all of a history says more.
    if (finding.explainsRest === true && seen.finding.explainsRest !== true) seen.finding = finding;
  }
  cause.count++;
  cause.workflowTypes.add(history.workflowType);
  if (history.isClosed) cause.closed++;
  else cause.open++;
  if (cause.histories.length < NAMES_KEPT) cause.histories.push(nameIn(cause.histories, history));
}

/** Runs of one workflow id are told apart by their files, or run ids. */
function nameIn(names: readonly string[], { name, file, runId }: ReplayVerdict['history']): string {
  return names.includes(name) ? `${name} (${file ?? runId})` : name;
}

/**
 * A step that is new at the end of some histories and breaks others that are open is no matter of closed ones alone. A step
 * that is new in many, once in each, may have changed its place with another that they have not come to.
 */
function representative(seen: Growing['seen'], open: number): Finding {
  const most = mostSeen(seen);
  const findings = [...seen.values()].map(({ finding }) => finding);
  const isRepeated = [...seen.values()].some(({ finding, times }) => finding.code === 'R1003' && times > 1);
  if (most.code === 'R1003' && !isRepeated)
    return findings.find(({ code, explainsRest }) => code === 'R1002' && explainsRest === true) ?? most;
  if (most.code !== 'R1009' || open === 0) return most;
  return findings.find(({ code }) => code === 'R1003') ?? most;
}

function mostSeen(seen: Growing['seen']): Finding {
  const [first, ...others] = seen.values();
  if (first === undefined) throw new Error('a cause has at least one finding');
  return others.reduce((most, each) => (each.count > most.count ? each : most), first).finding;
}

function bySeverityAndCount(a: Cause, b: Cause): number {
  if (a.finding.severity !== b.finding.severity) return a.finding.severity === 'error' ? -1 : 1;
  return b.count - a.count;
}
