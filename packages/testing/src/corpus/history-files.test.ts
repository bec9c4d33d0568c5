import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

import { encodeMessage } from '@reprise/proto';
import { fromJson } from '@reprise/proto/json';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { findHistoryFiles } from './find-history-files.ts';
import { goldenHistory } from './golden.suite.ts';
import { readHistoryFile } from './read-history-file.ts';

const json = Buffer.from(JSON.stringify(goldenHistory('timer-one')));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reprise-corpus-'));
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  writeFileSync(join(folder, 'a.json'), json);
  writeFileSync(join(folder, 'deep/b.json.gz'), gzipSync(json));
  const binary = encodeMessage(
    'temporal.api.history.v1.History',
    fromJson('temporal.api.history.v1.History', goldenHistory('timer-one')),
  );
  writeFileSync(join(folder, 'deep/er/c.bin'), binary);
  writeFileSync(
    join(folder, 'deep/d.zip'),
    zipOf([
      ['one.json', json],
      ['two.json', Buffer.from('nonsense')],
    ]),
  );
  writeFileSync(join(folder, 'deep/notes.txt'), 'no history');
  mkdirSync(join(folder, 'deep/folder.json'));
  mkdirSync(join(folder, 'deep/node_modules/a'), { recursive: true });
  writeFileSync(join(folder, 'deep/node_modules/a/package.json'), '{}');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('files', () => {
  test.each<[string[], string[]]>([
    [['a.json'], ['a.json']],
    [['.'], ['a.json', 'deep/b.json.gz', 'deep/d.zip', 'deep/er/c.bin']],
    [['**/*.json'], ['a.json']],
    [
      ['deep/**/*.{bin,gz}', 'a.json', 'a.json'],
      ['deep/b.json.gz', 'deep/er/c.bin', 'a.json'],
    ],
  ])('%j', (patterns, files) => {
    expect(findHistoryFiles(patterns, folder)).toEqual(files);
  });

  test('nothing found is R3001', () => {
    expect(() => findHistoryFiles(['missing.json'], folder)).toThrow(/there is no file or folder 'missing.json'/);
    expect(() => findHistoryFiles(['*.bin'], folder)).toThrow(/no history files match '\*.bin'/);
  });
});

describe('reading', () => {
  test.each(['a.json', 'deep/b.json.gz', 'deep/er/c.bin'])('%s', (file) => {
    expect([...readHistoryFile(file, folder)]).toMatchObject([
      { kind: 'history', history: { workflowType: 'oneTimer', file } },
    ]);
  });

  test('an archive gives each of its files, good or bad', () => {
    expect([...readHistoryFile('deep/d.zip', folder)]).toMatchObject([
      { kind: 'history', history: { file: 'deep/d.zip#one.json' } },
      { kind: 'problem', error: { code: 'R3002', file: 'deep/d.zip#two.json' } },
    ]);
  });

  test('what is cut off is a problem, not a crash', () => {
    const whole = zipOf([['one.json', json]]);
    const problems = [10, 60, whole.length - 30].map((length) => {
      const file = join(folder, `cut-${length}.zip`);
      writeFileSync(file, whole.subarray(0, length));
      return [...readHistoryFile(file, folder)].map(({ kind }) => kind);
    });
    expect(problems).toEqual([['problem'], ['problem'], ['problem']]);
    writeFileSync(join(folder, 'cut.json.gz'), gzipSync(json).subarray(0, 100));
    expect([...readHistoryFile('cut.json.gz', folder)]).toMatchObject([{ kind: 'problem', error: { code: 'R3002' } }]);
  });

  test('a missing file is a problem', () => {
    expect([...readHistoryFile('gone.json', folder)]).toMatchObject([{ kind: 'problem', error: { code: 'R3002' } }]);
  });
});

/** A zip archive with deflated entries, as small as the format allows. */
function zipOf(entries: [name: string, bytes: Buffer][]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of entries) {
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, tail, Buffer.from(name)]),
    );
    bodies.push(local);
    offset += local.length;
  }
  const entriesPart = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(entriesPart.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, entriesPart, end]);
}
