/** FarmHash's 32-bit fingerprint: the service spreads schedules by it, and workflows over versions that ramp up. */

const c1 = 0xcc9e2d51;
const c2 = 0x1b873593;
const add = 0xe6546b64;

const rotate = (value: number, by: number): number => (value >>> by) | (value << (32 - by));
const mix = (value: number): number => Math.imul(rotate(Math.imul(value, c1), 17), c2);
const step = (hash: number): number => (Math.imul(rotate(hash, 19), 5) + add) | 0;
const mur = (value: number, hash: number): number => step(hash ^ mix(value));
const stir = (hash: number): number => Math.imul(rotate(hash, 17), c1);

export function fingerprint32(bytes: Uint8Array): number {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const word = (place: number): number => view.getInt32(place, true);
  if (length <= 4) return finish(upToFour(bytes));
  if (length <= 12) return finish(upToTwelve(word, length));
  return length <= 24 ? finish(upToTwentyFour(word, length)) : longer(word, length);
}

type Word = (place: number) => number;

function upToFour(bytes: Uint8Array): number {
  let b = 0;
  let c = 9;
  for (const byte of bytes) {
    b = (Math.imul(b, c1) + ((byte << 24) >> 24)) | 0;
    c ^= b;
  }
  return mur(b, mur(bytes.length, c));
}

function upToTwelve(word: Word, length: number): number {
  const a = (length + word(0)) | 0;
  const b = (length * 5 + word(length - 4)) | 0;
  const c = (9 + word((length >>> 1) & 4)) | 0;
  return mur(c, mur(b, mur(a, length * 5)));
}

function upToTwentyFour(word: Word, length: number): number {
  const half = length >>> 1;
  const [b, c, d, e, f] = [word(4), word(length - 8), word(half), word(0), word(length - 4)];
  let a = (rotate(word(half - 4), 12) + f) | 0;
  let h = (Math.imul(d, c1) + length) | 0;
  h = (mur(c, h) + a) | 0;
  a = (rotate(a, 3) + c) | 0;
  h = (mur(e, h) + a) | 0;
  a = (rotate((a + f) | 0, 12) + d) | 0;
  return (mur(b, h) + a) | 0;
}

function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function longer(word: Word, length: number): number {
  let h = length | 0;
  let g = Math.imul(c1, length);
  let f = g;
  h = step(step(h ^ mix(word(length - 4))) ^ mix(word(length - 16)));
  g = step(step(g ^ mix(word(length - 8))) ^ mix(word(length - 12)));
  f = (rotate((f + mix(word(length - 20))) | 0, 19) + 113) | 0;
  for (let place = 0, left = Math.floor((length - 1) / 20); left > 0; left--, place += 20) {
    const [a, b, c, d, e] = [word(place), word(place + 4), word(place + 8), word(place + 12), word(place + 16)];
    h = (h + a) | 0;
    g = (g + b) | 0;
    f = (f + c) | 0;
    h = (mur(d, h) + e) | 0;
    g = (mur(c, g) + a) | 0;
    f = (mur((b + Math.imul(e, c1)) | 0, f) + d) | 0;
    f = (f + g) | 0;
    g = (g + f) | 0;
  }
  g = stir(Math.imul(rotate(g, 11), c1));
  f = stir(Math.imul(rotate(f, 11), c1));
  h = stir(step((h + g) | 0));
  h = stir(step((h + f) | 0));
  return h >>> 0;
}
