/** Where to look first for a change, and what stands there when it is not what the code asks for now. */
import type { Case } from './case.ts';
import type { Change } from './changes.ts';
import { decidingPlace } from './deciding-place.ts';
import type { Finding, SourcePlace } from './finding.ts';
import { likelyReturn } from './likely-return.ts';
import type { SourceLookup } from './source-lookup.ts';
import { stacksBefore } from './stacks-before.ts';
import { nowStep } from './step.ts';
import { renamedMessage } from './unheard-messages.ts';
import type { WaitedFor } from './waited-for.ts';

type FoundPlace = Pick<Finding, 'place' | 'placeLabel'>;

export function placeOfChange(found: Case, change: Change, waited: WaitedFor | undefined): FoundPlace {
  const { code, recorded, now, isParting } = change;
  const labelled: readonly [SourcePlace | undefined, string][] = [
    [code === 'R1005' ? patchCall(found.source, recorded?.name ?? '') : undefined, 'called here'],
    [waited?.place, 'the recorded run waited for this first'],
    [code === 'R1004' ? namePlace(found, change) : undefined, 'handled under this name now'],
  ];
  const [first] = labelled.flatMap(([place, placeLabel]) => (place === undefined ? [] : [{ place, placeLabel }]));
  if (first !== undefined) return first;
  const own = orderPlace(found, change) ?? now?.place;
  if (own !== undefined) return { place: own };
  const waits = code === 'R1004' && now === undefined && isParting === true ? waitingPlace(found) : undefined;
  if (waits !== undefined) return { place: waits, placeLabel: 'waits here' };
  const place = placeWithoutNow(found, change);
  if (place !== undefined) return { place };
  const before = found.source.place(stacksBefore(found, recorded?.eventId ?? 0).findLast((each) => each !== undefined));
  return before === undefined ? {} : { place: before, placeLabel: 'this came before it' };
}

/** Where the code names the message that a recorded one has most likely become. */
function namePlace(found: Case, { recorded }: Change): SourcePlace | undefined {
  const name = recorded === undefined ? undefined : renamedMessage(found, recorded);
  return name === undefined ? undefined : quotedPlace(found.source, name);
}

function quotedPlace(source: SourceLookup, name: string): SourcePlace | undefined {
  return source.textPlace(`'${name}'`) ?? source.textPlace(`"${name}"`);
}

function placeWithoutNow(found: Case, { code, recorded, now }: Change): SourcePlace | undefined {
  if (code === 'R1006') return quotedPlace(found.source, now?.name ?? '');
  const isFailure = now?.kind === 'fail' || now?.kind === 'cancel';
  const isReturn = now?.kind === 'complete' || ((code === 'R1008' || code === 'R1012') && !isFailure);
  if (isReturn) {
    const value = found.asked?.kind === 'completeWorkflow' ? found.asked.result?.d : undefined;
    return likelyReturn(stacksBefore(found, recorded?.eventId ?? 0), { ...found, value });
  }
  if (code !== 'R1004' && code !== 'R1005' && !isFailure) return undefined;
  const stack = stacksBefore(found, recorded?.eventId ?? 0).findLast((each) => each !== undefined);
  return found.source.place(stack);
}

/** Of steps that changed order: where the code says which comes first. */
function orderPlace({ explanation, source }: Case, { code, recorded, stack }: Change): SourcePlace | undefined {
  if (code !== 'R1002' || stack === undefined) return undefined;
  const { matches } = explanation.result;
  const at = matches.findIndex(({ intent }) => intent.place === stack);
  const was = matches.findIndex(
    ({ intent }) =>
      recorded !== undefined && nowStep(intent).kind === recorded.kind && nowStep(intent).name === recorded.name,
  );
  const other = matches[was < 0 || was === at ? at - 1 : was];
  return decidingPlace(source.places(stack), source.places(other?.intent.place), source);
}

/** Where the workflow waits, or one of its handlers. */
function waitingPlace({ waitsAt, source }: Case): SourcePlace | undefined {
  return waitsAt.map((stack) => source.places(stack)[0]).findLast((place) => place !== undefined);
}

/** Where the code names a patch that it is said not to call where its marker is. */
export function patchCall(source: SourceLookup, id: string): SourcePlace | undefined {
  if (!source.patchIds.includes(id)) return undefined;
  const texts = ["'", '"'].flatMap((quote) => [`patched(${quote}${id}${quote}`, `${quote}${id}${quote}`]);
  return texts.map((text) => source.textPlace(text)).find((place) => place !== undefined);
}
