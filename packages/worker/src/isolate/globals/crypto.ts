/** What libraries use of Web Crypto, drawn from the seeded stream of the run. Not for secrets: the seed is in history. */
import type { Sources } from './realm.ts';

export function makeCrypto({ random }: Sources): object {
  const word = () => Math.floor(random() * 2 ** 32) >>> 0;
  const crypto = {
    getRandomValues<T>(view: T): T {
      if (
        !ArrayBuffer.isView(view) ||
        view instanceof DataView ||
        view instanceof Float32Array ||
        view instanceof Float64Array
      ) {
        throw new TypeError('crypto.getRandomValues expects an integer typed array');
      }
      if (view.byteLength > 65536)
        throw new RangeError(`crypto.getRandomValues gives at most 65536 bytes, ${view.byteLength} were asked for`);
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      for (let i = 0; i < bytes.length; i += 4) {
        const drawn = word();
        for (let j = 0; j < 4 && i + j < bytes.length; j++) bytes[i + j] = (drawn >>> (24 - 8 * j)) & 0xff;
      }
      return view;
    },
    randomUUID(): string {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
  return crypto;
}
