import type { CurrentStep, FindingCode, RecordedStep } from './finding.ts';
import { dashed, gate } from './gate.ts';
import { stepText } from './step-text.ts';
import type { Step } from './step.ts';
import type { WaitedFor } from './waited-for.ts';

/** The words of a finding: one line, and what to do about it. */
export interface Description {
  readonly title: string;
  readonly help: readonly string[];
  readonly notes: readonly string[];
}

const renamed = (recorded: RecordedStep, now: CurrentStep): Description => ({
  title: `${stepText(recorded)} was renamed to \`${now.name}\``,
  help: [
    `keep the recorded name \`${recorded.name}\` if it is the same ${KIND_WORDS[recorded.kind] ?? 'step'} as before`,
    `if it is another one, keep both: patched('${now.name}') ? <call ${now.name}> : <call ${recorded.name}>`,
  ],
  notes:
    recorded.kind === 'activity'
      ? [`a rename also breaks activity tasks that wait in the queue for a worker that knows \`${recorded.name}\``]
      : [],
});

/** Another kind of step is another step, whatever its name. */
const replaced = (recorded: RecordedStep, now: CurrentStep): Description => ({
  title: `${stepText(recorded)} is now ${stepText(now)}`,
  help: [
    `version the call: patched('${now.name}-as-${now.kind.toLowerCase()}') ? <${stepText(now)}> : <${stepText(recorded)}>`,
  ],
  notes: [],
});

const KIND_WORDS: Partial<Record<Step['kind'], string>> = {
  activity: 'activity',
  localActivity: 'activity',
  child: 'workflow',
  signal: 'signal',
  nexus: 'operation',
};

const nothing: Description = { title: '', help: [], notes: [] };

interface Sides {
  readonly recorded: RecordedStep | undefined;
  readonly now: CurrentStep | undefined;
  /** What follows was not compared. */
  readonly isParting?: boolean | undefined;
  /** The code comes to it later than it did. */
  readonly isLater?: boolean | undefined;
  /** The source still names what is gone. */
  readonly isStillThere?: boolean | undefined;
  /** What the recorded run waited for before, and the code does not. */
  readonly waited?: Pick<WaitedFor, 'text' | 'until'> | undefined;
}

function elsewhere(patch: RecordedStep | undefined): Description {
  return {
    title: `patched('${patch?.name}') is not called where this history has its marker`,
    help: [
      `call patched('${patch?.name}') where the code that it gates is, not before and not under another condition`,
    ],
    notes: ['before its marker, a replayed patch counts as one that the run does not have'],
  };
}

const before = ({ text, until }: Pick<WaitedFor, 'text' | 'until'>): string =>
  until === 'end' ? `before ${text} has come to its end` : `before ${text} has come`;

const waitAgain = ({ waited }: Sides): string[] =>
  waited === undefined ? [] : [`wait for ${waited.text} first, as the recorded run did`];

function orderTitle({ recorded, now, isLater, waited }: Sides): string {
  const [was, is] = [recorded, now].map((step) => (step === undefined ? undefined : stepText(step)));
  if (is === undefined || (isLater === true && was === is)) return `${was} is asked for later than it was`;
  if (was === undefined || was === is)
    return `${is} is asked for earlier than it was${waited === undefined ? '' : `: ${before(waited)}`}`;
  return `${is} and ${was} changed order`;
}

function unaccepted({ label }: RecordedStep): Description {
  const update = label === undefined ? 'an update' : `update \`${label}\``;
  return {
    title: `${update} was accepted, and is not accepted any more`,
    help: [`keep a handler for ${update}, set before the workflow first waits`],
    notes: [],
  };
}

/** What ended a wait ends it no more. */
function waitsOn({ text }: Pick<WaitedFor, 'text'>): Description {
  return {
    title: `a timer that was cancelled when ${text} came is waited for to its end`,
    help: [
      `let ${text} end the wait, as condition(() => ..., timeout) does`,
      `gate the change: if (patched('wait-to-the-end')) { the new wait } else { the recorded one }`,
    ],
    notes: [],
  };
}

function unheard({ name }: RecordedStep): Description {
  return {
    title: `signal \`${name}\` is not handled any more`,
    help: [`keep a handler for the signal under the name that is recorded: defineSignal('${name}')`],
    notes: ['the code waits where it went on when the signal came'],
  };
}

/** What each code says of the two sides; a side that is not known makes it say less. */
export function describe(code: FindingCode, sides: Sides): Description {
  const { recorded, now, isParting = false, isStillThere, waited } = sides;
  const was = recorded === undefined ? 'nothing' : stepText(recorded);
  const is = now === undefined ? 'nothing' : stepText(now);
  switch (code) {
    case 'R1001':
      if (!recorded || !now) return nothing;
      return recorded.kind === now.kind ? renamed(recorded, now) : replaced(recorded, now);
    case 'R1007':
      return {
        title: `child workflow type changed: \`${recorded?.name}\` -> \`${now?.name}\``,
        help: [
          `version the call: patched('${now?.name}') ? ${now?.name} : ${recorded?.name}`,
          `keep \`${recorded?.name}\` exported until its executions are closed`,
        ],
        notes: [],
      };
    case 'R1002':
      return {
        title: orderTitle(sides),
        help: [
          ...waitAgain(sides),
          `gate the block: if (patched('new-order')) { the new order } else { the recorded order }`,
        ],
        notes: [],
      };
    case 'R1003':
      return {
        title: `new ${is}${recorded === undefined ? '' : ` before ${was}`}`,
        help: [gate(now, recorded)],
        notes: [],
      };
    case 'R1004':
      if (recorded?.kind === 'updateAccepted') return unaccepted(recorded);
      if (recorded?.kind === 'signaled') return unheard(recorded);
      if (recorded?.kind === 'cancelTimer' && now === undefined && waited !== undefined) return waitsOn(waited);
      return {
        title: now === undefined && isParting ? `the code waits where ${was} was recorded` : `${was} was removed`,
        help: [
          `keep it for executions that have recorded it: if (!patched('without-${recorded?.name || dashed(recorded?.kind ?? 'step')}')) ...`,
        ],
        notes: [],
      };
    case 'R1005':
      if (isStillThere === true) return elsewhere(recorded);
      return {
        title: `patched('${recorded?.name}') was removed, but this history carries its marker`,
        help: [
          `put deprecatePatch('${recorded?.name}') where patched('${recorded?.name}') was`,
          'remove it for good only when no execution with its marker is open or kept for queries and resets',
        ],
        notes: [],
      };
    case 'R1006':
      return {
        title: `patch '${recorded?.name}' is now called '${now?.name}'`,
        help: [`keep the id '${recorded?.name}': the marker in history is found by it`],
        notes: [],
      };
    default:
      return describeEnding(code, sides);
  }
}

const END_WORDS: Partial<Record<Step['kind'], string>> = {
  fail: 'the workflow fails',
  cancel: 'the workflow is cancelled',
  continueAsNew: 'the workflow continues as new',
};

function describeEnding(code: FindingCode, sides: Sides): Description {
  const { recorded, now, waited } = sides;
  const was = recorded === undefined ? 'nothing' : stepText(recorded);
  const is = now === undefined ? 'nothing' : stepText(now);
  switch (code) {
    case 'R1008':
      return {
        title: `${END_WORDS[now?.kind ?? 'complete'] ?? 'the workflow returns'} ${waited === undefined ? `while the recorded run went on with ${was}` : before(waited)}`,
        help: [...waitAgain(sides), `gate the early end: if (patched('early-return')) return ...`],
        notes: [`recorded next: event ${recorded?.eventId} ${recorded?.eventType}`],
      };
    case 'R1009':
      return {
        title: `new ${is} after the point where the recorded run closed (${was})`,
        help: [`${gate(now)}`, 'closed executions alone are affected: --scope open leaves them out'],
        notes: ['a running execution that has not come this far is safe; queries and resets of closed ones are not'],
      };
    case 'R1012':
      return {
        title: `the run ended with '${was}', now it ends with '${is}'`,
        help: [gate(undefined)],
        notes: [],
      };
    case 'R1017':
      return {
        title: `${was} now has the workflow id '${now?.id}', recorded was '${recorded?.id}'`,
        help: ['derive the id from what history keeps: the arguments, workflowInfo(), uuid4()'],
        notes: [],
      };
    default:
      return { title: `recorded was ${was}, the code asks for ${is}`, help: [gate(now)], notes: [] };
  }
}
