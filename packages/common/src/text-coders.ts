import { str } from './text-bytes.ts';
import { encodeUtf8 } from './utf8.ts';

/** UTF-8 bytes to text, wherever the code runs. */
export class TextDecoder {
  /** @throws TypeError when the bytes are no UTF-8 text */
  decode(bytes: Uint8Array | ArrayBuffer | SharedArrayBuffer): string {
    return str(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
  }
}

/** Text to UTF-8 bytes, wherever the code runs. */
export class TextEncoder {
  encode(text: string): Uint8Array {
    return encodeUtf8(text);
  }

  /** Writes as many whole characters as there is room for; says how many UTF-16 units were read, and bytes written. */
  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = encodeUtf8(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      read += character.length;
      written += bytes.length;
    }
    return { read, written };
  }
}
