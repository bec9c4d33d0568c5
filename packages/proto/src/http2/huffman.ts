/** The Huffman code of HPACK (RFC 7541, appendix B), which header strings may be written in. */
import { Buffer } from 'node:buffer';

/**
 * Length in bits of the code of each byte, and last of the end mark, as runs of `length*count`. The codes themselves follow:
 * they are given out by length, then by byte.
 */
const codeLengths =
  '13 23 28*7 24 30 28*2 30 28*8 30 28*9 6 10*2 12 13 6 8 11 10*2 8 11 8 6*3 5*3 6*7 7 8 15 6 12 10 13 6 7*22 8 7 8 13 19 ' +
  '13 14 6 15 5 6 5 6 5 6*3 5 7*2 6*3 5 6 7 6 5*2 6 7*5 15 11 14 13 28 20 22 20*2 22*3 23 22 23*5 24 23 24*2 22 23 24 ' +
  '23*4 21 22 23 22 23*2 24 22 21 20 22*2 23*2 21 23 22*2 24 21 22 23*2 21*2 22 21 23 22 23*2 20 22*3 23 22*2 23 26*2 ' +
  '20 19 22 23 22 25 26*3 27*2 26 24 25 19 21 26 27*2 26 27 24 21*2 26*2 28 27*3 20 24 20 21 22 21*2 23 22*2 25*2 24*2 ' +
  '26 23 26 27 26*2 27*5 28 27*5 26 30';
const endMark = 256;
const longestPadding = 7;

/** An inner node of the code's tree: its number, or `~byte` where a code ends. */
type Node = [number, number];

const emits = 1 << 16;
const fails = 1 << 17;

interface Automaton {
  /** By `state << 4 | half a byte`: the next state, the byte that is complete (from bit 8 on), and flags. */
  readonly steps: Uint32Array;
  /** Whether a text may end in this state: what is left is the beginning of the end mark, and shorter than a byte. */
  readonly mayEnd: Uint8Array;
}

let automaton: Automaton | undefined;

function buildTree(): Node[] {
  const lengths = codeLengths.split(' ').flatMap((run) => {
    const [length = 0, count = 1] = run.split('*').map(Number);
    return Array.from({ length: count }, () => length);
  });
  const order = lengths
    .map((length, byte) => ({ length, byte }))
    .sort((a, b) => a.length - b.length || a.byte - b.byte);
  const tree: Node[] = [[0, 0]];
  let code = 0;
  let before = 0;
  for (const { length, byte } of order) {
    code *= 2 ** (length - before);
    before = length;
    let node = 0;
    for (let bit = length - 1; bit > 0; bit--) {
      const side = (code >>> bit) & 1;
      const inner = tree[node] as Node;
      if (inner[side] === 0) inner[side] = tree.push([0, 0]) - 1;
      node = inner[side] as number;
    }
    (tree[node] as Node)[code & 1] = ~byte;
    code++;
  }
  return tree;
}

function buildAutomaton(): Automaton {
  const tree = buildTree();
  const steps = new Uint32Array(tree.length << 4);
  const mayEnd = new Uint8Array(tree.length);
  for (let state = 0; state < tree.length; state++) {
    for (let half = 0; half < 16; half++) {
      let node = state;
      let step = 0;
      for (let bit = 3; bit >= 0; bit--) {
        node = (tree[node] as Node)[(half >> bit) & 1] as number;
        if (node >= 0) continue;
        step |= ~node === endMark ? fails : emits | (~node << 8);
        node = 0;
      }
      steps[(state << 4) | half] = step | node;
    }
  }
  for (let node = 0, depth = 0; node >= 0 && depth <= longestPadding; depth++) {
    mayEnd[node] = 1;
    node = (tree[node] as Node)[1];
  }
  return { steps, mayEnd };
}

/** A byte takes at least five bits. */
const longestDecoded = (bytes: number): number => Math.ceil((bytes * 8) / 5);

let scratch = Buffer.alloc(0);

/** @returns a character for each byte; undefined when it is no text in this code */
export function decodeHuffman(bytes: Buffer, start: number, end: number): string | undefined {
  automaton ??= buildAutomaton();
  const { steps, mayEnd } = automaton;
  const longest = longestDecoded(end - start);
  if (longest > scratch.length) scratch = Buffer.allocUnsafeSlow(Math.max(256, longest));
  const target = scratch;
  let state = 0;
  let written = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    let step = steps[(state << 4) | (byte >> 4)] as number;
    if (step & fails) return undefined;
    if (step & emits) target[written++] = step >> 8;
    step = steps[((step & 0xff) << 4) | (byte & 15)] as number;
    if (step & fails) return undefined;
    if (step & emits) target[written++] = step >> 8;
    state = step & 0xff;
  }
  return mayEnd[state] ? target.toString('latin1', 0, written) : undefined;
}
