import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { checkHistory } from './check-history.ts';
import { CorpusError } from './corpus-problem.ts';
import { HISTORY_FILE } from './find-history-files.ts';
import type { FoundHistory } from './json-histories.ts';
import { findHistories } from './parse-history.ts';
import { readZip } from './read-zip.ts';
import type { RecordedHistory } from './recorded-history.ts';

/** A history of 51,200 events of the largest size stays well below it. */
const LIMIT_BYTES = 1024 * 1024 * 1024;

/** A history, or why there is none: one bad file does not hide the others. */
export type ReadResult = { kind: 'history'; history: RecordedHistory } | { kind: 'problem'; error: CorpusError };

/** Every history in a file: one, or as many as an archive, a list or lines hold. Never throws for what is in the file. */
export function* readHistoryFile(file: string, cwd: string): Generator<ReadResult> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(resolve(cwd, file));
  } catch (error) {
    yield problem(new CorpusError('R3002', `cannot be read: ${(error as Error).message}`, { file, cause: error }));
    return;
  }
  if (!isZip(bytes)) {
    yield* readBytes(bytes, file);
    return;
  }
  try {
    let count = 0;
    for (const { name, bytes: unpacked } of readZip(bytes, { file, limitBytes: LIMIT_BYTES, isWanted })) {
      count++;
      yield* readBytes(unpacked, `${file}#${name}`);
    }
    if (count === 0) yield problem(new CorpusError('R3001', 'there is no history in the archive', { file }));
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    yield problem(error);
  }
}

/** It begins with a file, or is empty. */
function isZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && [0x04034b50, 0x06054b50].includes(bytes.readUInt32LE(0));
}

/** What folders are searched for, and files without an ending; not what file managers add. */
function isWanted(name: string): boolean {
  const base = name.split('/').at(-1) ?? '';
  if (base.startsWith('.') || name.startsWith('__MACOSX/')) return false;
  return HISTORY_FILE.test(base) || !base.includes('.');
}

function* readBytes(bytes: Uint8Array, file: string): Generator<ReadResult> {
  let found: readonly FoundHistory[];
  try {
    found = findHistories(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, file) : bytes, file);
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    yield problem(error);
    return;
  }
  for (const history of found) yield readOne(history, file + history.at);
}

function readOne(found: FoundHistory, file: string): ReadResult {
  try {
    const { events, workflowId } = found.read();
    return { kind: 'history', history: checkHistory(events, { file, workflowId }) };
  } catch (error) {
    if (error instanceof CorpusError) return problem(error);
    throw error;
  }
}

function gunzip(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return process.getBuiltinModule('node:zlib').gunzipSync(bytes, { maxOutputLength: LIMIT_BYTES });
  } catch (error) {
    throw new CorpusError('R3002', `cannot be unpacked: ${(error as Error).message}`, { file, cause: error });
  }
}

function problem(error: CorpusError): ReadResult {
  return { kind: 'problem', error };
}
