import type { Finding, RecordedStep, SourcePlace } from './finding.ts';

/** Code that does not return, and why it was ended. */
export interface Endless {
  readonly workflowType: string;
  /** `ended`: the process that it ran in was gone. */
  readonly reason: 'deadline' | 'memory' | 'ended';
  readonly message: string;
  /** Where the code was at its deadline; known where something interrupts it. */
  readonly seen: SourcePlace | undefined;
  /** Where it asked for the last step that is recorded. */
  readonly lastStep: SourcePlace | undefined;
  /** Where the workflow is defined. */
  readonly start: SourcePlace | undefined;
  /** The last thing that it was told; undefined when it had only been started, or that is not known. */
  readonly outcome: RecordedStep | undefined;
}

const WHAT: Readonly<Record<Endless['reason'], string>> = {
  deadline: 'did not come to an end',
  memory: 'used up its memory',
  ended: 'ended the process that it ran in',
};

const LOOK_FOR: Readonly<Record<Endless['reason'], string>> = {
  deadline: 'look for a loop that waits for nothing, or a call that has to look at too much',
  memory: 'look for what grows without end',
  ended: 'look for what grows or nests without end',
};

/** Code that loops or takes all memory: shown where it was at its deadline, else at the last step before. */
export function diagnoseEndless({ workflowType, reason, message, outcome, ...places }: Endless): Finding {
  const { seen, lastStep, start } = places;
  const place = seen ?? lastStep ?? start;
  const after = outcome === undefined ? '' : ` after event ${outcome.eventId} (${outcome.eventType})`;
  return {
    code: 'R1010',
    severity: 'error',
    title: `workflow code ${WHAT[reason]}${after} while \`${workflowType}\` was replayed`,
    ...(outcome === undefined ? {} : { recorded: outcome }),
    ...(place === undefined ? {} : { place, placeLabel: labelOf(places) }),
    notes: [
      reason === 'deadline'
        ? 'in production the workflow task would time out and be tried again for ever'
        : 'in production the process that runs the workflow would end, and the workflow task be tried again for ever',
    ],
    help: [`${LOOK_FOR[reason]}${whereToLook(places)}`],
    times: 1,
    message,
  };
}

type Places = Pick<Endless, 'seen' | 'lastStep' | 'start'>;

function labelOf({ seen, lastStep }: Places): string {
  if (seen !== undefined) return 'last seen here';
  return lastStep === undefined ? 'before its first step that is recorded' : 'the last step before it';
}

function whereToLook({ seen, lastStep }: Places): string {
  if (seen !== undefined) return ', here or where this is called';
  return lastStep === undefined ? '' : ', after the step that is shown';
}
