import { checkHistory } from '../corpus/check-history.ts';
import { decodePayloads, type PayloadDecoding } from '../corpus/decode-payloads.ts';
import { parseHistory } from '../corpus/parse-history.ts';
import type { RecordedHistory } from '../corpus/recorded-history.ts';
import { openHostedReplayer } from '../host/open-hosted-replayer.ts';
import { loadCode } from './code-under-test.ts';
import { Replayer } from './replayer.ts';
import { activationTimeoutOf } from './activation-timeout.ts';
import type { ReplayOptions } from './replay-options.ts';
import type { ReplayVerdict } from './verdict.ts';

/** A history in any form: JSON text, bytes (JSON or protobuf), a parsed or fetched history, or one read from a file. */
export type HistoryInput = string | Uint8Array | object;

/**
 * Replays one recorded history against workflow code, and says what would break, where.
 *
 * @param history JSON as the UI and the CLI export it, protobuf bytes, or an object such as `handle.fetchHistory()` gives
 * @throws CorpusError when the history cannot be read, WorkflowBundleError when the code cannot be bundled
 * @example
 * const verdict = await replayHistory({ workflowsPath: 'src/workflows.ts' }, await readFile('order-1.json', 'utf8'));
 * if (verdict.status === 'failed') console.log(verdict.findings[0]?.title);
 */
export async function replayHistory(
  options: ReplayOptions,
  history: HistoryInput,
  workflowId?: string,
): Promise<ReplayVerdict> {
  const recorded = toRecordedHistory(history, workflowId);
  const { replayer } = openHostedReplayer(options);
  try {
    return await replayer.judge(await decodePayloads(recorded, decodingOf(options)));
  } finally {
    replayer.dispose();
  }
}

/**
 * Replays many histories, one after the other, against code that is bundled once. Histories are taken from the iterable
 * as they are needed, so that a corpus of any size fits.
 *
 * The code runs in this process, since values that are here already would cost more to hand over than to replay: loops end
 * after `activationTimeoutMs`, but a call that nothing interrupts, such as `indexOf` over an array-like of 2^53 items, is
 * waited for. `replayHistory` and `replayFiles` replay in a process that can be ended.
 *
 * @throws as replayHistory does, at the history that cannot be read
 */
export async function* replayHistories(
  options: ReplayOptions,
  histories: Iterable<HistoryInput> | AsyncIterable<HistoryInput>,
): AsyncGenerator<ReplayVerdict> {
  const replayer = openReplayer(options);
  try {
    for await (const history of histories) yield replayer.judge(await replayer.decode(toRecordedHistory(history)));
  } finally {
    replayer.dispose();
  }
}

/** A replayer to be asked many times, and disposed of. It runs the code in this process, as `replayHistories` does. */
export function openReplayer(options: ReplayOptions): Replayer {
  return new Replayer(loadCode(options), {
    namespace: options.namespace ?? 'default',
    strict: options.strict === true,
    activationTimeoutMs: activationTimeoutOf(options),
    ...decodingOf(options),
  });
}

/** What of the options says how payloads are read. */
export function decodingOf({ payloadCodecs = [], externalStorage }: ReplayOptions): PayloadDecoding {
  return { payloadCodecs, externalStorage };
}

function toRecordedHistory(input: HistoryInput, workflowId?: string): RecordedHistory {
  if (isRecordedHistory(input)) return input;
  const { events, workflowId: known } = parseHistory(input);
  return checkHistory(events, { workflowId: workflowId ?? known });
}

function isRecordedHistory(input: HistoryInput): input is RecordedHistory {
  return typeof input === 'object' && 'isClosed' in input && 'events' in input && 'workflowType' in input;
}
