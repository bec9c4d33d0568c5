/** The numbers of source maps: base 64, five bits a character, the lowest bit of a number is its sign. */
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map(Array.from(CHARACTERS, (character, value) => [character.charCodeAt(0), value]));
const CONTINUES = 32;

/** The number that a text begins with, and how many characters it takes. */
export function readVlq(text: string): { value: number; length: number } {
  let bits = 0;
  let length = 0;
  for (let digit = CONTINUES; (digit & CONTINUES) !== 0; length++) {
    digit = VALUES.get(text.charCodeAt(length)) ?? 0;
    bits |= (digit & (CONTINUES - 1)) << (5 * length);
  }
  return { value: (bits & 1) === 1 ? -(bits >>> 1) : bits >>> 1, length };
}

export function vlqText(value: number): string {
  let bits = value < 0 ? (-value << 1) | 1 : value << 1;
  let text = '';
  do {
    const digit = bits & (CONTINUES - 1);
    bits >>>= 5;
    text += CHARACTERS[bits > 0 ? digit | CONTINUES : digit] ?? '';
  } while (bits > 0);
  return text;
}
