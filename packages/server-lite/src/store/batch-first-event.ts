/** The id of the first event of an encoded `History`, read without decoding it: field 1 of the message in field 1. */
export function firstEventId(batch: Uint8Array): number {
  const eventStart = skipVarint(batch, expectTag(batch, 0, 0x0a));
  return readVarint(batch, expectTag(batch, eventStart, 0x08));
}

function expectTag(bytes: Uint8Array, at: number, tag: number): number {
  if (bytes[at] !== tag)
    throw new Error(`expected a history batch, found byte ${bytes[at]} at ${at} instead of ${tag}`);
  return at + 1;
}

function skipVarint(bytes: Uint8Array, at: number): number {
  let place = at;
  while ((bytes[place] ?? 0) >= 0x80) place++;
  return place + 1;
}

function readVarint(bytes: Uint8Array, at: number): number {
  let value = 0;
  let scale = 1;
  for (let place = at; ; place++, scale *= 128) {
    const byte = bytes[place] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
}
