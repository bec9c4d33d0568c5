import type { Buffer } from 'node:buffer';
import { HeaderBlockWriter, Literal } from './header-block-writer.ts';
import type { HeaderList } from './header-field.ts';
import { staticNames } from './static-table.ts';

const writer = new HeaderBlockWriter();

/**
 * A header block that leaves nothing behind in the table of the other side: the same fields always give the same bytes,
 * on every connection. Values are latin1.
 *
 * @example const block = encodeHeaderBlock([[':status', '200']]);
 */
export function encodeHeaderBlock(fields: HeaderList): Buffer {
  for (const field of fields) {
    const index = staticNames.get(field[0])?.indexByValue.get(field[1]);
    if (index === undefined) writer.literal(Literal.ONCE, field);
    else writer.known(index);
  }
  return writer.take();
}
