import { CorpusError } from './corpus-problem.ts';

export interface ZipEntry {
  name: string;
  bytes: Uint8Array;
}

export interface ZipOptions {
  /** The archive, for errors. */
  readonly file: string;
  /** How much one file may hold, unpacked. */
  readonly limitBytes: number;
  /** Which files are unpacked, by their names. */
  readonly isWanted: (name: string) => boolean;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/** The files of an archive, one by one, in the order of its directory. Each must fit in `limitBytes` once unpacked. */
export function* readZip(archive: Buffer, { file, limitBytes, isWanted }: ZipOptions): Generator<ZipEntry> {
  const end = findEnd(archive);
  if (end === undefined) throw new CorpusError('R3002', 'not a complete zip archive', { file });
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw new CorpusError('R3002', `entry ${index + 1} of ${count} of the zip directory is damaged`, { file });
    }
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const entryFile = `${file}#${name}`;
    if (!name.endsWith('/') && isWanted(name))
      yield { name, bytes: unpack(archive, at, { file: entryFile, limitBytes }) };
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

function findEnd(archive: Buffer): number | undefined {
  const first = Math.max(0, archive.length - 22 - LONGEST_COMMENT);
  for (let at = archive.length - 22; at >= first; at--) {
    if (archive.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  return undefined;
}

function unpack(
  archive: Buffer,
  entry: number,
  { file, limitBytes }: { file: string; limitBytes: number },
): Uint8Array {
  const flags = archive.readUInt16LE(entry + 8);
  if ((flags & 1) !== 0) throw new CorpusError('R3002', 'the archive is encrypted', { file });
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const header = archive.readUInt32LE(entry + 42);
  if (header + 30 > archive.length) throw new CorpusError('R3002', 'the archive is cut off', { file });
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + size);
  if (packed.length !== size) throw new CorpusError('R3002', 'the archive is cut off', { file });
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new CorpusError('R3002', `compression method ${method} is not supported`, { file });
  try {
    return process.getBuiltinModule('node:zlib').inflateRawSync(packed, { maxOutputLength: limitBytes });
  } catch (error) {
    throw new CorpusError('R3002', `cannot be unpacked: ${(error as Error).message}`, { file, cause: error });
  }
}
