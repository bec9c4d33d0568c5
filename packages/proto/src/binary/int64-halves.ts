const TWO_32 = 4294967296;

/** The number that two unsigned halves stand for: a bigint only when a number would lose digits. */
export function signedFromHalves(low: number, high: number): number {
  const top = high | 0;
  if (top >= -0x200000 && top < 0x200000) {
    const value = top * TWO_32 + low;
    if (value !== -9007199254740992) return value;
  }
  // Typed as number because every id, count and length is one; what is not is a value nobody computes with.
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)) as unknown as number;
}

export function unsignedFromHalves(low: number, high: number): number {
  if (high < 0x200000) return high * TWO_32 + low;
  return ((BigInt(high) << 32n) | BigInt(low)) as unknown as number;
}

/** What callers may give for a 64-bit integer: a number, a bigint, or its decimal text. */
export function integerFrom(value: unknown): bigint {
  if (typeof value === 'bigint') return inRange(value);
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) throw new TypeError(`expected a 64-bit integer, found ${value}`);
    return inRange(BigInt(value));
  }
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return inRange(BigInt(value));
  if (isLong(value)) return inRange(fromLong(value));
  throw new TypeError(`expected a 64-bit integer, found ${describe(value)}`);
}

/** The shape in which some libraries hold 64-bit integers. */
export interface LongShape {
  low: number;
  high: number;
  unsigned?: boolean;
}

export function isLong(value: unknown): value is LongShape {
  if (typeof value !== 'object' || value === null) return false;
  return 'low' in value && 'high' in value && Number.isInteger(value.low) && Number.isInteger(value.high);
}

export function fromLong({ low, high, unsigned }: LongShape): bigint {
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return unsigned === true ? bits : BigInt.asIntN(64, bits);
}

function inRange(value: bigint): bigint {
  if (value >= -0x8000000000000000n && value <= 0xffffffffffffffffn) return value;
  throw new RangeError(`expected a 64-bit integer, found ${value}, which has more bits`);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? `'${value.slice(0, 40)}'` : typeof value;
}
