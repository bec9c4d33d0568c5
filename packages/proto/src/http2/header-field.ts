/** A character of name and value is a byte of the wire. */
export type HeaderField = readonly [name: string, value: string];

/** Fields in the order in which they are sent. The same object again is cheap to send. */
export type HeaderList = readonly HeaderField[];

const overheadBytes = 32;

/** What a field counts for, in tables and in limits of whole lists. */
export const fieldBytes = (field: HeaderField): number => field[0].length + field[1].length + overheadBytes;
