/** Stacks of workflow code leave the isolate with positions in the bundle; here they get those of the user's source. */
import { cutoffStackTrace, defaultPayloadConverter, valueToWall, type WallFailure } from '@reprise/common';
import type { Completion, Intent, IntentOf, SinkCall } from '@reprise/workflow/runtime';
import { BUNDLE_FILENAME } from '../bundle/contract.ts';
import type { SourceFrame } from '../bundle/source-mapper.ts';

/** The part of a bundle's source mapper that stacks need. */
export interface StackMapper {
  mapStack(rawStack: string): string;
  frames(rawStack: string): SourceFrame[];
  sourceOf(file: string): string | undefined;
}

function mapFailure(failure: WallFailure, mapper: StackMapper): WallFailure {
  const { stackTrace, cause } = failure;
  return {
    ...failure,
    ...(stackTrace ? { stackTrace: cutoffStackTrace(mapper.mapStack(stackTrace)) } : {}),
    ...(cause ? { cause: mapFailure(cause, mapper) } : {}),
  };
}

function locationsOf(rawStack: string, mapper: StackMapper): object[] {
  return mapper.frames(rawStack).map(({ file, line, column, functionName }) => ({
    file_path: file,
    line,
    column,
    ...(functionName === undefined ? {} : { function_name: functionName }),
    internal_code: false,
  }));
}

/** The files that the stacks lead to, whole. */
function sourcesOf(stacks: readonly string[], mapper: StackMapper): Record<string, readonly object[]> {
  const files = new Set(stacks.flatMap((stack) => mapper.frames(stack).map(({ file }) => file)));
  const sources = [...files].flatMap((file) => {
    const content = mapper.sourceOf(file);
    return content === undefined ? [] : [[file, [{ line_offset: 0, content }]] as const];
  });
  return Object.fromEntries(sources);
}

/** The answer of a stack query, made anew of the raw stacks. */
function mapStackAnswer(intent: IntentOf<'answerQuery'>, mapper: StackMapper, showsSources: boolean): Intent {
  const { rawStacks, ...answer } = intent;
  if (rawStacks === undefined) return intent;
  const { stacks, sdk } = rawStacks;
  const mapped =
    sdk === undefined
      ? stacks.map((stack) => mapper.mapStack(stack)).join('\n\n')
      : {
          sdk,
          stacks: stacks.map((stack) => ({ locations: locationsOf(stack, mapper) })),
          sources: showsSources ? sourcesOf(stacks, mapper) : {},
        };
  return { ...answer, result: valueToWall(defaultPayloadConverter, mapped) };
}

function mapIntent(intent: Intent, mapper: StackMapper, showsSources: boolean): Intent {
  if (intent.kind === 'answerQuery' && intent.rawStacks !== undefined)
    return mapStackAnswer(intent, mapper, showsSources);
  if (!('failure' in intent) || intent.failure === undefined) return intent;
  return { ...intent, failure: mapFailure(intent.failure, mapper) };
}

/** Errors that log lines and sinks carry have stacks too. */
function mapSinkCall(call: SinkCall, mapper: StackMapper): SinkCall {
  if (!call.argsText.includes(BUNDLE_FILENAME)) return call;
  const mapText = (key: string, value: unknown): unknown =>
    key === 'stack' && typeof value === 'string' ? mapper.mapStack(value) : value;
  return { ...call, argsText: JSON.stringify(JSON.parse(call.argsText, mapText)) };
}

/** The completion with the positions of the user's source in all stacks that leave the worker. */
export function mapStacks(
  completion: Completion,
  mapper: StackMapper | undefined,
  { showsSources = false }: { showsSources?: boolean | undefined } = {},
): Completion {
  if (mapper === undefined) return completion;
  return mapFailures(
    { ...completion, sinkCalls: completion.sinkCalls.map((call) => mapSinkCall(call, mapper)) },
    mapper,
    showsSources,
  );
}

function mapFailures(completion: Completion, mapper: StackMapper, showsSources: boolean): Completion {
  if (completion.status === 'failed') return { ...completion, failure: mapFailure(completion.failure, mapper) };
  const needsMapping = (intent: Intent): boolean => 'failure' in intent || intent.kind === 'answerQuery';
  if (!completion.intents.some(needsMapping)) return completion;
  return { ...completion, intents: completion.intents.map((intent) => mapIntent(intent, mapper, showsSources)) };
}
