/** A run's transitions as they are stored, and the execution that folding them gives. */
import { deserialize, serialize } from 'node:v8';
import { decodeMessage, encodeMessage } from '@reprise/proto';
import { evolve } from '../execution/evolve.ts';
import { type Execution, newExecution } from '../execution/execution.ts';
import type { Fact, UnrecordedFact } from '../execution/facts.ts';
import type { RunRef } from '../execution/run-ref.ts';
import type { HistoryEvent } from '../execution/wire.ts';
import type { StoredTransition } from '../store/store.ts';

const historyType = 'temporal.api.history.v1.History';

export interface EncodedTransition {
  readonly batches: readonly Uint8Array[];
  readonly facts?: Uint8Array;
  readonly eventBytes: number;
}

/** @param batchStarts indexes of facts at which a new batch begins */
export function encodeTransition(facts: readonly Fact[], batchStarts: readonly number[]): EncodedTransition {
  const groups: HistoryEvent[][] = [[]];
  const unrecorded: [number, UnrecordedFact][] = [];
  facts.forEach((fact, index) => {
    if (batchStarts.includes(index)) groups.push([]);
    if (fact.kind === 'event') groups.at(-1)?.push(fact.event);
    else unrecorded.push([index, fact]);
  });
  const batches = groups.filter((events) => events.length > 0).map((events) => encodeMessage(historyType, { events }));
  const eventBytes = batches.reduce((sum, batch) => sum + batch.length, 0);
  return unrecorded.length === 0 ? { batches, eventBytes } : { batches, eventBytes, facts: serialize(unrecorded) };
}

export function decodeBatch(batch: Uint8Array): HistoryEvent[] {
  return decodeMessage(historyType, batch).events ?? [];
}

function factsOf(transition: StoredTransition): Fact[] {
  const events = transition.events.flatMap(decodeBatch);
  const unrecorded = transition.facts ? (deserialize(transition.facts) as [number, UnrecordedFact][]) : [];
  const facts: Fact[] = [];
  const places = new Map(unrecorded);
  let next = 0;
  for (let index = 0; index < events.length + unrecorded.length; index++) {
    const placed = places.get(index);
    const event = placed ? undefined : events[next++];
    if (placed) facts.push(placed);
    else if (event) facts.push({ kind: 'event', event });
  }
  return facts;
}

/** Rebuilds an execution from all its transitions. */
export function foldRun(run: RunRef, transitions: readonly StoredTransition[]): Execution {
  const execution = newExecution(run);
  for (const transition of transitions) {
    for (const fact of factsOf(transition)) evolve(execution, fact);
    noteStored(
      execution,
      transition.events.reduce((sum, batch) => sum + batch.length, 0),
    );
  }
  return execution;
}

/** A transition has been stored, or will be with this turn. */
export function noteStored(execution: Execution, eventBytes: number): void {
  execution.historySizeBytes += eventBytes;
  execution.transitionCount++;
}
