/** The queries that every workflow answers: where it waits, and which handlers it has. */
import { RawValue, ENHANCED_STACK_TRACE_QUERY, METADATA_QUERY, STACK_TRACE_QUERY } from '@reprise/common';
import type { IntentOf } from '../intents.ts';
import { framesOf, type Place } from './place.ts';
import type { Handler, Run } from './run.ts';

/** The stacks of everything that the run waits for; the same place is named once. */
export function stacksOf(run: Run): string[] {
  const places: (Place | undefined)[] = [...run.pending.all()].map((waiting) => waiting.place);
  for (const condition of run.conditions.values()) places.push(condition.place);
  const stacks = new Set(places.map((place) => (place === undefined ? '' : framesOf(place))));
  stacks.delete('');
  return [...stacks];
}

/** Whoever asks reads plain JSON, whatever converter the worker has. */
const jsonValue = (value: unknown): RawValue => new RawValue(value);

const FRAME = /^\s*at (?:(?<name>.*?) \()?(?<file>.*?):(?<line>\d+):(?<column>\d+)\)?$/;

function locations(stack: string): object[] {
  return stack.split('\n').map((text) => {
    const { name, file, line, column } = FRAME.exec(text)?.groups ?? {};
    return {
      ...(file === undefined ? {} : { file_path: file, line: Number(line), column: Number(column) }),
      ...(name === undefined ? {} : { function_name: name }),
      internal_code: file === undefined,
    };
  });
}

function sdkOf(run: Run): { name: string; version: string } {
  return { name: 'typescript', version: run.creation.sdkVersion ?? '' };
}

function enhanced(run: Run): RawValue {
  const stacks = stacksOf(run).map((stack) => ({ locations: locations(stack) }));
  return jsonValue({ sdk: sdkOf(run), stacks, sources: {} });
}

/** What the answer of a stack query is made of; nothing for other queries. */
export function rawStacks(run: Run, name: string): Pick<IntentOf<'answerQuery'>, 'rawStacks'> {
  if (name === STACK_TRACE_QUERY) return { rawStacks: { stacks: stacksOf(run) } };
  return name === ENHANCED_STACK_TRACE_QUERY ? { rawStacks: { stacks: stacksOf(run), sdk: sdkOf(run) } } : {};
}

/** Handlers for whatever has none of its own have no name to be listed by. */
function definitions(handlers: ReadonlyMap<string, Handler>): object[] {
  return [...handlers].map(([name, { description }]) => ({
    name,
    ...(description === undefined ? {} : { description }),
  }));
}

const BUILT_IN = [
  { name: STACK_TRACE_QUERY, description: 'Returns a sensible stack trace.' },
  { name: ENHANCED_STACK_TRACE_QUERY, description: 'Returns a stack trace annotated with source information.' },
  { name: METADATA_QUERY, description: 'Returns metadata associated with this workflow.' },
];

function metadata(run: Run): RawValue {
  const { handlers } = run;
  return jsonValue({
    definition: {
      type: run.creation.workflowType,
      queryDefinitions: [...BUILT_IN, ...definitions(handlers.queries)],
      signalDefinitions: definitions(handlers.signals),
      updateDefinitions: definitions(handlers.updates),
    },
    currentDetails: run.currentDetails,
  });
}

/** The answer to a query of the SDK's own, or undefined for any other. */
export function builtInQuery(run: Run, name: string): (() => unknown) | undefined {
  switch (name) {
    case STACK_TRACE_QUERY:
      return () => stacksOf(run).join('\n\n');
    case ENHANCED_STACK_TRACE_QUERY:
      return () => enhanced(run);
    case METADATA_QUERY:
      return () => metadata(run);
    default:
      return undefined;
  }
}
