import { Buffer } from 'node:buffer';
import { type HeaderField, staticIndex } from './header-table.ts';

function integer(value: number, prefixBits: number, pattern: number): number[] {
  const most = (1 << prefixBits) - 1;
  if (value < most) return [pattern | value];
  const bytes = [pattern | most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from(integer(value.length, 7, 0)), Buffer.from(value, 'latin1')]);
}

/**
 * A header block that leaves nothing behind in the table of the other side: the same fields always give the same bytes,
 * on every connection. Values are latin1.
 *
 * @example const block = encodeHeaderBlock([{ name: ':status', value: '200' }]);
 */
export function encodeHeaderBlock(fields: readonly HeaderField[]): Buffer {
  return Buffer.concat(
    fields.flatMap(({ name, value }) => {
      const { index, withValue } = staticIndex(name, value);
      if (withValue) return [Buffer.from(integer(index, 7, 0x80))];
      const start = Buffer.from(integer(index, 4, 0));
      return index === 0 ? [start, text(name), text(value)] : [start, text(value)];
    }),
  );
}
