/** FarmHash's 32-bit fingerprint of more than 24 bytes. Schedules spread by it must fall where they fell before. */

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
  if (length <= 24) throw new RangeError(`expected more than 24 bytes, found ${length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const word = (place: number): number => view.getInt32(place, true);
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
