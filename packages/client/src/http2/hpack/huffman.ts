/**
 * The Huffman code of header strings (RFC 7541, appendix B). Only read: what this side writes is short, or is sent once and
 * remembered by the peer.
 */

/** Length of the code of each octet, and of the end of the string as the last one. Codes of one length go by the octet. */
const lengths = [
  '13 23 28*7 24 30 28 28 30 28*8 30 28*9 6 10 10 12 13 6 8 11 10 10 8 11 8 6 6 6 5 5 5 6*7 7 8 15 6 12 10 13 6 7*22',
  '8 7 8 13 19 13 14 6 15 5 6 5 6 5 6*3 5 7 7 6*3 5 6 7 6 5 5 6 7*5 15 11 14 13 28',
  '20 22 20 20 22*3 23 22 23*5 24 23 24 24 22 23 24 23*4 21 22 23 22 23 23 24 22 21 20 22 22 23 23 21 23 22 22 24 21 22 23 23',
  '21 21 22 21 23 22 23 23 20 22*3 23 22 22 23 26 26 20 19 22 23 22 25 26*3 27 27 26 24 25 19 21 26 27 27 26 27 24 21 21 26 26',
  '28 27*3 20 24 20 21 22 21 21 23 22 22 25 25 24 24 26 23 26 27 26 26 27*5 28 27*5 26 30',
]
  .join(' ')
  .split(' ')
  .flatMap((item) => {
    const [length, times = 1] = item.split('*').map(Number);
    return Array.from({ length: times }, () => length ?? 0);
  });

const END = 256;

/**
 * The tree of the code, as pairs: `tree[2 * node + bit]` is the next node, or `-1 - octet` at a leaf. 0: nothing is there.
 */
function buildTree(): Int16Array {
  const tree = new Int16Array(2 * 512);
  let nodes = 1;
  const insert = (code: number, length: number, symbol: number): void => {
    let node = 0;
    for (let bit = length - 1; bit > 0; bit--) {
      const at = 2 * node + ((code >>> bit) & 1);
      node = tree[at] || (tree[at] = nodes++);
    }
    tree[2 * node + (code & 1)] = -1 - symbol;
  };
  let code = 0;
  for (let length = 5; length <= 30; length++) {
    for (const [symbol, ofSymbol] of lengths.entries()) if (ofSymbol === length) insert(code++, length, symbol);
    code <<= 1;
  }
  return tree;
}

let tree: Int16Array | undefined;

/** Decodes to one character for each octet; undefined when the bytes are not a string in this code. */
export function decodeHuffman(bytes: Uint8Array, start: number, end: number): string | undefined {
  tree ??= buildTree();
  let text = '';
  let node = 0;
  /** Bits since the last whole character, and whether all of them were ones: what follows the last one must be. */
  let depth = 0;
  let onlyOnes = true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    for (let shift = 7; shift >= 0; shift--) {
      const bit = (byte >>> shift) & 1;
      const next = tree[2 * node + bit] ?? 0;
      depth++;
      onlyOnes &&= bit === 1;
      if (next > 0) {
        node = next;
        continue;
      }
      const symbol = -1 - next;
      if (next === 0 || symbol === END) return undefined;
      text += String.fromCharCode(symbol);
      node = 0;
      depth = 0;
      onlyOnes = true;
    }
  }
  return depth < 8 && onlyOnes ? text : undefined;
}
