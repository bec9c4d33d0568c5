import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../../bundle/bundle-of.suite.ts';
import { resultOf, START_MS } from '../drive.suite.ts';
import { IvmIsolate } from '../ivm-isolate.ts';

const NOW = START_MS + 1000;

const workflows = `
const text = (f: () => unknown): string => { try { return String(f()); } catch (e) { return (e as Error).name + ': ' + (e as Error).message; } };

export async function dates() {
  class Mine extends Date { twice() { return this.getTime() * 2; } }
  const local = new Date(2020, 5, 7, 8, 9, 10, 11);
  return {
    now: Date.now(), fresh: new Date().getTime(), constructed: new (new Date().constructor as typeof Date)().getTime(), called: Date(),
    mine: [new Mine() instanceof Mine, new Mine() instanceof Date, new Mine(5).twice(), new Mine().getTime()],
    local: [local.toISOString(), local.getHours(), local.getTimezoneOffset(), local.toString(), local.toLocaleString()],
    parsed: ['2020-01-01', '2020-01-01T10:00', '2020-01-01T10:00+02:00', 'Jan 2, 2020', 'Thu, 02 Jan 2020 00:00:00 GMT', 'nonsense'].map((d) => new Date(d).getTime()),
    parse: Date.parse('2020-02-03T04:05:06'), invalid: String(new Date(Number.NaN)), copy: new Date(local).getTime(), names: [Date.name, Date.length],
    set: new Date(new Date(0).setHours(5)).toISOString(), later: await new Promise((r) => setTimeout(() => r(Date.now()), 5)),
  };
}

export async function numbers() {
  return { random: [Math.random(), Math.random()], uuid: crypto.randomUUID(), bytes: Array.from(crypto.getRandomValues(new Uint8Array(5))) };
}

export async function intl() {
  const date = new Date(Date.UTC(2020, 0, 2, 23, 30));
  return {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: new Intl.NumberFormat().resolvedOptions().locale,
    given: new Intl.NumberFormat('de-DE').format(1234.5), own: (1234.5).toLocaleString(), big: 12345n.toLocaleString(),
    now: new Intl.DateTimeFormat('en-US', { dateStyle: 'short', timeStyle: 'short' }).format(), parts: new Intl.DateTimeFormat().formatToParts().map((p) => p.value).join(''),
    berlin: date.toLocaleString('de-DE', { timeZone: 'Europe/Berlin' }), day: date.toLocaleDateString(), time: date.toLocaleTimeString(),
    compare: ['b', 'a', 'A'].sort((a, b) => a.localeCompare(b)), same: (() => { const f = new Intl.DateTimeFormat(); return f.format === f.format; })(),
    isDateTimeFormat: new Intl.DateTimeFormat() instanceof Intl.DateTimeFormat, supported: Intl.NumberFormat.supportedLocalesOf('en-US'),
  };
}

export async function parse(texts: string[]) { return texts.map((t) => { const d = new Date(t); return Number.isNaN(d.getTime()) ? String(d) : d.toISOString(); }); }

export async function unknownLocales() {
  const resolved = (Type: any, ...options: any[]) => [[], 'xx', ['xx', 'yy']].map((l) => new Type(l, ...options).resolvedOptions().locale);
  const { Collator, DateTimeFormat, DisplayNames, ListFormat, NumberFormat, RelativeTimeFormat, Segmenter } = Intl;
  return {
    resolved: [Collator, DateTimeFormat, ListFormat, NumberFormat, RelativeTimeFormat, Segmenter].flatMap((T) => resolved(T)).concat(resolved(DisplayNames, { type: 'region' })).filter((l) => l !== 'en-US'),
    known: new NumberFormat(['xx', 'de-DE']).resolvedOptions().locale, refused: text(() => new NumberFormat(null as any)),
    methods: [(1234.5).toLocaleString('xx'), (1234.5).toLocaleString([]), 12345n.toLocaleString('xx'), new Date(0).toLocaleString([]), [1234.5, new Date(0)].toLocaleString(), new Float64Array([1234.5]).toLocaleString(), 'i'.toLocaleUpperCase([]), 'a'.localeCompare('B', [])],
    temporal: 'Temporal' in globalThis ? [(globalThis as any).Temporal.Instant.fromEpochMilliseconds(0).toLocaleString(), (globalThis as any).Temporal.Now.timeZoneId()] : ['1/1/1970, 12:00:00 AM', 'UTC'],
  };
}

export async function absent() {
  const g = globalThis as any;
  return {
    gone: ['process', 'require', 'Buffer', 'fetch', 'WebAssembly', 'SharedArrayBuffer', 'setInterval', 'setImmediate', 'performance', 'navigator', 'window', 'self', 'global'].filter((n) => n in g),
    wait: typeof Atomics.wait, weakRef: text(() => new WeakRef({})), registry: text(() => new FinalizationRegistry(() => {})),
    regexp: [/(a)/.exec('a')?.[1], (RegExp as any).$1, (RegExp as any).input], isolatedVm: Object.keys(g).filter((k) => /ivm|isolate|repris|temporal/i.test(k)),
  };
}

export async function provided() {
  const params = new URLSearchParams('a=1&b=2&a=3'); params.append('c', 'ä ö'); params.delete('b');
  const url = new URL('../x?y=1#z', 'https://user:pw@example.com:8080/a/b/c'); url.searchParams.set('q', 'v w'); url.hash = ''; url.port = '443';
  const controller = new AbortController(); const seen: unknown[] = []; controller.signal.addEventListener('abort', () => seen.push((controller.signal.reason as Error).name)); controller.abort(); controller.abort();
  const source: any = { d: new Date(5), m: new Map([[1, { x: new Set([1]) }]]), r: /x/g, b: new Uint8Array([1, 2]), e: new TypeError('t'), n: [1, , 3] }; source.self = source;
  const copy = structuredClone(source);
  return {
    utf8: [Array.from(new TextEncoder().encode('aä€😀')), new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0xe2, 0x82, 0xac, 0xff])), text(() => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff])))],
    streamed: (() => { const d = new TextDecoder(); return d.decode(new Uint8Array([0xe2, 0x82]), { stream: true }) + d.decode(new Uint8Array([0xac])); })(),
    params: [params.toString(), params.getAll('a'), params.size], url: [url.href, url.origin, url.pathname, text(() => new URL('nope')), URL.canParse('a:b')],
    aborted: [controller.signal.aborted, seen, text(() => controller.signal.throwIfAborted())],
    clone: [copy.d.getTime(), [...copy.m.get(1).x], copy.r.flags, Array.from(copy.b), copy.e instanceof TypeError, copy.self === copy, 1 in copy.n, text(() => structuredClone(() => 1))],
    assert: [text(() => assert.strictEqual(1, 2)), text(() => assert.deepStrictEqual({ a: [1] }, { a: [1] })), text(() => assert.throws(() => { throw new TypeError('x'); }, /x/)), text(() => assert(false, 'said'))],
    storage: (() => { const als = new AsyncLocalStorage<number>(); return [als.getStore() ?? null, als.run(7, () => als.getStore())]; })(),
  };
}
declare const AsyncLocalStorage: any; declare const assert: any;
`;

/** Dates that people write, and what they are in UTC. */
const DATES: readonly (readonly [string, string])[] = [
  ['12-25-1995', '1995-12-25T00:00:00.000Z'],
  ['8-Mar-2020', '2020-03-08T00:00:00.000Z'],
  ['2020-03-08', '2020-03-08T00:00:00.000Z'],
  ['2020-03-08T02:30', '2020-03-08T02:30:00.000Z'],
  ['2020-03-08t02:30', '2020-03-08T02:30:00.000Z'],
  ['2020-03-08 02:30', '2020-03-08T02:30:00.000Z'],
  ['2020-03-08 02:30+2', '2020-03-08T00:30:00.000Z'],
  ['2020-03-08 02:30 -05', '2020-03-08T07:30:00.000Z'],
  ['3/8/2020 2:30 PM PST', '2020-03-08T22:30:00.000Z'],
  ['Jan 1 2020 (UTC)', '2020-01-01T00:00:00.000Z'],
  ['Jan 1 (PST) 2020 10:00', '2020-01-01T10:00:00.000Z'],
  ['Tue Mar 01 2022 00:00:00 GMT+0100 (Central European Standard Time)', '2022-02-28T23:00:00.000Z'],
  ['2020-02-30T10:00', '2020-03-01T10:00:00.000Z'],
  ['now', 'Invalid Date'],
];

// A zone of the machine that would show.
const zoneBefore = process.env.TZ;
beforeAll(() => {
  process.env.TZ = 'America/New_York';
});
afterAll(() => {
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
});

describe.each([{ strict: false }, { strict: true }])('globals of workflow code, strict: $strict', ({ strict }) => {
  const isolate = new IvmIsolate({ bundle: bundleOf({ 'workflows.ts': workflows }), strict });
  afterAll(() => isolate.dispose());

  it('tell workflow time, in UTC', () => {
    expect(resultOf(isolate, 'dates')).toEqual({
      now: NOW,
      fresh: NOW,
      constructed: NOW,
      called: 'Fri Jan 02 2026 03:04:06 GMT+0000 (Coordinated Universal Time)',
      mine: [true, true, 10, NOW],
      local: [
        '2020-06-07T08:09:10.011Z',
        8,
        0,
        'Sun Jun 07 2020 08:09:10 GMT+0000 (Coordinated Universal Time)',
        '6/7/2020, 8:09:10 AM',
      ],
      parsed: [1577836800000, 1577872800000, 1577865600000, 1577923200000, 1577923200000, null],
      parse: 1580702706000,
      invalid: 'Invalid Date',
      copy: 1591517350011,
      names: ['Date', 7],
      set: '1970-01-01T05:00:00.000Z',
      later: NOW + 1000,
    });
  });

  it('read dates in UTC where no zone is named, as V8 does where that is the zone of the machine', () => {
    expect(resultOf(isolate, 'parse', [DATES.map(([date]) => date)])).toEqual(DATES.map(([, iso]) => iso));
  });

  it('fall back on en-US where a locale is not known', () => {
    expect(resultOf(isolate, 'unknownLocales')).toEqual({
      resolved: [],
      known: 'de-DE',
      refused: 'TypeError: Cannot convert undefined or null to object',
      methods: [
        '1,234.5',
        '1,234.5',
        '12,345',
        '1/1/1970, 12:00:00 AM',
        '1,234.5,1/1/1970, 12:00:00 AM',
        '1,234.5',
        'I',
        -1,
      ],
      temporal: ['1/1/1970, 12:00:00 AM', 'UTC'],
    });
  });

  it('draw from the seed of the run', () => {
    const first = resultOf(isolate, 'numbers');
    expect(first).toEqual(resultOf(isolate, 'numbers'));
    expect(first).toMatchObject({
      uuid: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/) as string,
    });
  });

  it('format for en-US and UTC', () => {
    expect(resultOf(isolate, 'intl')).toEqual({
      zone: 'UTC',
      locale: 'en-US',
      given: '1.234,5',
      own: '1,234.5',
      big: '12,345',
      now: '1/2/26, 3:04 AM',
      parts: '1/2/2026',
      berlin: '3.1.2020, 00:30:00',
      day: '1/2/2020',
      time: '11:30:00 PM',
      compare: ['a', 'A', 'b'],
      same: true,
      isDateTimeFormat: true,
      supported: ['en-US'],
    });
  });

  it('lack what differs between machines', () => {
    expect(resultOf(isolate, 'absent')).toEqual({
      gone: [],
      wait: 'undefined',
      weakRef: 'DeterminismViolationError: WeakRef cannot be used in Workflows because v8 GC is non-deterministic',
      registry:
        'DeterminismViolationError: FinalizationRegistry cannot be used in Workflows because v8 GC is non-deterministic',
      regexp: ['a', null, null],
      isolatedVm: [],
    });
  });

  it('provide what code expects of a platform', () => {
    expect(resultOf(isolate, 'provided')).toEqual({
      utf8: [
        [97, 195, 164, 226, 130, 172, 240, 159, 152, 128],
        '€\ufffd',
        'TypeError: The encoded data was not valid for encoding utf-8',
      ],
      streamed: '€',
      params: ['a=1&a=3&c=%C3%A4+%C3%B6', ['1', '3'], 3],
      url: ['https://user:pw@example.com/a/x?y=1&q=v+w', 'https://example.com', '/a/x', 'TypeError: Invalid URL', true],
      aborted: [true, ['AbortError'], 'AbortError: This operation was aborted'],
      clone: [5, [1], 'g', [1, 2], true, true, false, 'DataCloneError: ()=>1 could not be cloned.'],
      assert: [
        'AssertionError: Expected values to be strictly equal:\n\n1 !== 2\n',
        'undefined',
        'undefined',
        'AssertionError: said',
      ],
      storage: [null, 7],
    });
  });
});
