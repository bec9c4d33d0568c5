/**
 * UTF-8 without a host: the isolate has no TextEncoder of its own. The native ones are used where they exist when the
 * module is loaded. `decodeUtf8` gives undefined for bytes that are not well-formed UTF-8, so that callers can fall back.
 */
interface NativeCoders {
  TextEncoder?: new () => { encode(text: string): Uint8Array };
  TextDecoder?: new (label: string, options: object) => { decode(bytes: Uint8Array): string };
}
const native = globalThis as NativeCoders;
const nativeEncoder = native.TextEncoder === undefined ? undefined : new native.TextEncoder();
const nativeDecoder =
  native.TextDecoder === undefined ? undefined : new native.TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of `text`; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return nativeEncoder === undefined ? encodeUtf8Portable(text) : nativeEncoder.encode(text);
}

/** The text of `bytes`, or undefined when they are not well-formed UTF-8. A byte order mark is kept. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  if (nativeDecoder === undefined) return decodeUtf8Portable(bytes);
  const ascii = bytes.length <= 32 ? decodeShortAscii(bytes) : undefined;
  if (ascii !== undefined) return ascii;
  try {
    return nativeDecoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeShortAscii(bytes: Uint8Array): string | undefined {
  let text = '';
  for (const byte of bytes) {
    if (byte >= 0x80) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}

export function encodeUtf8Portable(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[at++] = code;
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = code < 0xdc00 ? text.charCodeAt(i + 1) : Number.NaN;
      if (low >= 0xdc00 && low <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
      } else code = 0xfffd;
    }
    if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6);
    else {
      if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12);
      else {
        bytes[at++] = 0xf0 | (code >> 18);
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  return bytes.slice(0, at);
}

/** Length and smallest code point of the sequence that a lead byte opens; undefined for bytes that cannot lead. */
function sequenceOf(lead: number): { length: number; min: number; bits: number } | undefined {
  if (lead >= 0xc2 && lead <= 0xdf) return { length: 2, min: 0x80, bits: lead & 0x1f };
  if (lead >= 0xe0 && lead <= 0xef) return { length: 3, min: 0x800, bits: lead & 0x0f };
  if (lead >= 0xf0 && lead <= 0xf4) return { length: 4, min: 0x10000, bits: lead & 0x07 };
  return undefined;
}

export function decodeUtf8Portable(bytes: Uint8Array): string | undefined {
  let text = '';
  let units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      units.push(lead);
      i++;
    } else {
      const sequence = sequenceOf(lead);
      if (sequence === undefined || i + sequence.length > bytes.length) return undefined;
      let code = sequence.bits;
      for (let k = 1; k < sequence.length; k++) {
        const byte = bytes[i + k] ?? 0;
        if ((byte & 0xc0) !== 0x80) return undefined;
        code = (code << 6) | (byte & 0x3f);
      }
      if (code < sequence.min || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
      if (code < 0x10000) units.push(code);
      else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
      i += sequence.length;
    }
    if (units.length >= 4096) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}
