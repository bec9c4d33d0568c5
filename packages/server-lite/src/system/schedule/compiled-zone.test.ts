import { expect, test } from 'vitest';
import { compiledZone } from './compiled-zone.ts';
import { timeZone, type TimeZone } from './time-zone.ts';
import { zoneRule } from './zone-rule.ts';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;

interface Content {
  readonly version?: string;
  readonly changes: readonly (readonly [time: number, type: number])[];
  readonly offsets: readonly number[];
  readonly rule?: string;
}

/** A file as the compiler of the database writes it: both blocks when the version says so. */
function compiled({ version = '2', changes, offsets, rule = '' }: Content): Uint8Array {
  const block = (timeBytes: number): Buffer => {
    const header = Buffer.alloc(44);
    header.write(`TZif${version}`);
    [0, 0, 0, changes.length, offsets.length, 4].forEach((count, index) => header.writeUInt32BE(count, 20 + index * 4));
    const times = Buffer.alloc(changes.length * timeBytes);
    changes.forEach(([time], index) => {
      if (timeBytes === 8) times.writeBigInt64BE(BigInt(time), index * 8);
      else times.writeInt32BE(time, index * 4);
    });
    const types = Buffer.alloc(offsets.length * 6);
    offsets.forEach((offset, index) => types.writeInt32BE(offset, index * 6));
    return Buffer.concat([header, times, Buffer.from(changes.map(([, type]) => type)), types, Buffer.from('ABC\0')]);
  };
  return version === '\0' ? block(4) : Buffer.concat([block(4), block(8), Buffer.from(`\n${rule}\n`)]);
}

function zoneOf(content: Content): TimeZone {
  const zone = compiledZone(compiled(content));
  if (!zone) throw new Error('expected a time zone');
  return zone;
}

const changes = [
  [at('2010-01-01T00:00:00'), 1],
  [at('2020-06-01T12:00:00'), 0],
] as const;

test.each(['\0', '2', '3'])('the changes that a file of version %j lists', (version) => {
  const zone = zoneOf({ version, changes, offsets: [3600, -7200] });
  const times = [
    '2009-12-31T23:59:59',
    '2010-01-01T00:00:00',
    '2020-06-01T11:59:59',
    '2020-06-01T12:00:00',
    '2090-01-01T00:00:00',
  ];
  expect(times.map((time) => zone.offsetAt(at(time)))).toEqual([3600, -7200, -7200, 3600, 3600]);
  expect(zone.nextChange(at('2020-01-01T00:00:00'))).toBe(at('2020-06-01T12:00:00'));
  expect(zone.nextChange(at('2021-01-01T00:00:00'))).toBeUndefined();
});

test('after them its rule holds', () => {
  const zone = zoneOf({ changes, offsets: [3600, -7200], rule: 'CET-1CEST,M3.5.0,M10.5.0/3' });
  expect(zone.offsetAt(at('2015-07-01T00:00:00'))).toBe(-7200);
  expect(zone.nextChange(at('2030-01-01T00:00:00'))).toBe(at('2030-03-31T01:00:00'));
  expect(zone.nextChange(at('2030-07-01T00:00:00'))).toBe(at('2030-10-27T01:00:00'));
});

test.each([
  ['Europe/Berlin', 'CET-1CEST,M3.5.0,M10.5.0/3'],
  ['America/New_York', 'EST5EDT,M3.2.0,M11.1.0'],
  ['America/New_York', 'EST5EDT'],
  ['Australia/Lord_Howe', '<+1030>-10:30<+11>-11,M10.1.0,M4.1.0'],
  ['America/Nuuk', '<-02>2<-01>,M3.5.0/-1,M10.5.0/0'],
  ['Asia/Kathmandu', '<+0545>-5:45'],
  ['Asia/Tokyo', 'JST-9'],
])('the rule of %s is %s', (name, text) => {
  const rule = zoneRule(text);
  const zone = timeZone(name);
  for (let time = at('2030-01-01T00:00:00'); time < at('2033-01-01T00:00:00'); time += 6 * 3600) {
    expect(rule?.(time), new Date(time * 1000).toISOString()).toBe(zone?.offsetAt(time));
  }
});

test('days of the year count the leap day or do not', () => {
  const withoutLeap = zoneRule('AAA0BBB,J60/0,J61/0');
  const withLeap = zoneRule('AAA0BBB,59/0,60/0');
  expect([at('2028-02-29T12:00:00'), at('2028-03-01T12:00:00')].map((time) => withoutLeap?.(time))).toEqual([0, 3600]);
  expect([at('2028-02-29T12:00:00'), at('2028-03-01T12:00:00')].map((time) => withLeap?.(time))).toEqual([3600, 0]);
});

test.each(['', 'CET', 'CET-1CEST,M3', 'CET-1CEST,X,Y', '1CET'])('%j is no rule', (text) => {
  expect(zoneRule(text)).toBeUndefined();
});

test('bytes that are no time zone', () => {
  const whole = compiled({ changes, offsets: [3600, -7200] });
  const broken = [
    new Uint8Array(),
    Buffer.from('TZif'),
    Buffer.from(whole).fill('4', 4, 5),
    whole.subarray(0, 100),
    whole.subarray(0, whole.length - 10),
    compiled({ changes: [[0, 5]], offsets: [0] }),
    compiled({ changes: [], offsets: [] }),
  ];
  expect(broken.map((bytes) => compiledZone(bytes))).toEqual(broken.map(() => undefined));
});
