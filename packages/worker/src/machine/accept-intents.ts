/** Takes what workflow code asked for in one activation: makes things of it, or tells the things that it concerns. */
import { invariant } from '@reprise/common';
import type { Intent, IntentOf } from '@reprise/workflow/runtime';
import { makeActivity } from './activity.ts';
import { makeCancelExternal } from './cancel-external.ts';
import { makeChild } from './child-workflow.ts';
import type { CommandRequest } from './command-request.ts';
import { CoreFlag } from './flags.ts';
import { makeLocalActivity } from './local-activity.ts';
import { changeVersionPayload } from './markers.ts';
import { makeNexusOperation } from './nexus-operation.ts';
import { mismatch } from './nondeterminism.ts';
import { isCloseIntent, makeClose, makeModifyProperties, makePatch, makeUpsert } from './one-shot.ts';
import { perform, type RunState } from './run-state.ts';
import { makeSignalExternal } from './signal-external.ts';
import { thingKey, type Member, type SeqKind, type Thing } from './thing.ts';
import { makeTimer } from './timer.ts';

export function acceptIntents(state: RunState, intents: readonly Intent[]): void {
  for (const intent of orderClosing(state, intents)) acceptIntent(state, intent);
}

/**
 * The first intent that ends the run is the one that counts. What was asked for after it stays, before it, unless the
 * history was written by code that cut it off.
 */
function orderClosing(state: RunState, intents: readonly Intent[]): readonly Intent[] {
  const closing = intents.findIndex(isCloseIntent);
  if (closing < 0 || closing === intents.length - 1) return intents;
  const moves = !state.replaying || state.sdk.core.has(CoreFlag.moveClosingCommand);
  const first = intents[closing];
  invariant(first !== undefined, 'an index that findIndex returned is in the array');
  if (!moves) return intents.slice(0, closing + 1);
  return [...intents.filter((intent) => !isCloseIntent(intent)), first];
}

function acceptIntent(state: RunState, intent: Intent): void {
  switch (intent.kind) {
    case 'startTimer':
      return begin(state, intent, { kind: 'timer', thing: makeTimer(intent) });
    case 'scheduleActivity':
      return begin(state, intent, { kind: 'activity', thing: makeActivity(intent) });
    case 'startChild':
      return begin(state, intent, { kind: 'child', thing: makeChild(intent, state.identity.namespace) });
    case 'signalExternal':
      return begin(state, intent, { kind: 'signal', thing: makeSignalExternal(intent) });
    case 'cancelExternal':
      return begin(state, intent, { kind: 'cancel', thing: makeCancelExternal(intent) });
    case 'scheduleNexusOperation':
      return begin(state, intent, { kind: 'nexus', thing: makeNexusOperation(intent) });
    case 'scheduleLocalActivity':
      return beginLocalActivity(state, intent);
    case 'answerQuery':
      return;
    default:
      if (acceptOneShot(state, intent) || acceptUpdateAnswer(state, intent)) return;
      return acceptCancellation(state, intent);
  }
}

type Beginning = IntentOf<
  'startTimer' | 'scheduleActivity' | 'startChild' | 'signalExternal' | 'cancelExternal' | 'scheduleNexusOperation'
>;

function noteSeq(state: RunState, kind: SeqKind, seq: number): void {
  if (seq > (state.highestSeq.get(kind) ?? 0)) state.highestSeq.set(kind, seq);
}

function begin(state: RunState, intent: Beginning, { kind, thing }: { kind: SeqKind; thing: Thing }): void {
  const member: Member = { key: thingKey(kind, intent.seq), thing, intent };
  noteSeq(state, kind, intent.seq);
  state.things.set(member.key, member);
  state.queue.add(member, { kind: 'asked', intent }, intent);
}

function beginLocalActivity(state: RunState, intent: IntentOf<'scheduleLocalActivity'>): void {
  const thing = makeLocalActivity(intent, state.replaying);
  const key = thingKey('activity', intent.seq);
  noteSeq(state, 'activity', intent.seq);
  state.things.set(key, { key, thing, intent });
  if (!state.replaying) state.localOrders.push({ kind: 'run', seq: intent.seq, intent });
}

function once(state: RunState, thing: Thing, request: CommandRequest, intent: Intent): void {
  state.queue.add({ key: '', thing, intent }, request, intent);
}

function acceptOneShot(state: RunState, intent: Intent): boolean {
  if (isCloseIntent(intent)) once(state, makeClose(intent), { kind: 'asked', intent }, intent);
  else if (intent.kind === 'upsertSearchAttributes')
    once(state, makeUpsert('upsert'), { kind: 'asked', intent }, intent);
  else if (intent.kind === 'modifyProperties') once(state, makeModifyProperties(), { kind: 'asked', intent }, intent);
  else if (intent.kind === 'setPatchMarker') acceptPatch(state, intent);
  else return false;
  return true;
}

function acceptPatch(state: RunState, intent: IntentOf<'setPatchMarker'>): void {
  const { patchId, deprecated } = intent;
  const known = state.patches.get(patchId);
  if (known?.asked === true) return;
  once(state, makePatch(), { kind: 'recordPatch', patchId, deprecated }, intent);
  const upserts = !state.replaying || (known !== undefined && state.sdk.core.has(CoreFlag.upsertChangeVersion));
  state.patches.set(patchId, { asked: true });
  const patchIds = [...state.patches.keys()].sort();
  if (upserts && changeVersionPayload(patchIds) !== undefined) {
    once(state, makeUpsert('changeVersion'), { kind: 'upsertChangeVersion', patchIds }, intent);
  }
}

function acceptUpdateAnswer(state: RunState, intent: Intent): boolean {
  if (intent.kind !== 'acceptUpdate' && intent.kind !== 'rejectUpdate' && intent.kind !== 'completeUpdate')
    return false;
  const member = state.things.get(thingKey('update', intent.id));
  invariant(member !== undefined, `update ${intent.id} was answered, but was never delivered`);
  const input =
    intent.kind === 'acceptUpdate'
      ? { kind: 'accept' }
      : intent.kind === 'rejectUpdate'
        ? { kind: 'reject', failure: intent.failure }
        : { ...intent, kind: 'complete' };
  perform(state, member.thing.take(input), member, intent);
  if (member.thing.isDone) state.things.delete(member.key);
  return true;
}

const cancelled = {
  cancelTimer: ['timer', 'Timer'],
  cancelActivity: ['activity', 'Activity'],
  cancelLocalActivity: ['activity', 'LocalActivity'],
  cancelChild: ['child', 'ChildWorkflowStart'],
  cancelSignalExternal: ['signal', 'SignalExternal'],
  cancelNexusOperation: ['nexus', 'NexusOperation'],
} as const satisfies Partial<Record<Intent['kind'], readonly [SeqKind, string]>>;

function acceptCancellation(state: RunState, intent: Intent): void {
  invariant(intent.kind in cancelled, `the machine does not know the intent '${intent.kind}'`);
  const cancel = intent as IntentOf<keyof typeof cancelled>;
  const [kind, label] = cancelled[cancel.kind];
  const member = state.things.get(thingKey(kind, cancel.seq));
  if (member === undefined) {
    if (cancel.seq <= (state.highestSeq.get(kind) ?? 0)) return;
    mismatch('unknown-seq', `Missing associated machine for ${label}(${cancel.seq})`, { intent });
  }
  const reason = cancel.kind === 'cancelChild' ? { reason: cancel.reason ?? '' } : {};
  perform(state, member.thing.take({ kind: 'cancel', nowMs: state.nowMs, ...reason }), member, intent);
  if (member.thing.isDone) state.things.delete(member.key);
}
