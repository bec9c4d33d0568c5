import { ValueError } from './errors.ts';

/** Both directions between the public names of an enum and the numbers of the wire. */
export interface EnumCodec<Name extends string> {
  /** The number of a name (with or without the wire's prefix, or already a number); undefined stays undefined. */
  readonly encode: (value: Name | `${string}_${Name}` | number | null | undefined) => number | undefined;
  /**
   * The name of a number; 0 (unspecified), null and undefined give undefined. A number that a newer server made up becomes
   * `unknown_<number>`: what nobody may ever look at must not keep the rest of a message from being read.
   */
  readonly decode: (value: number | null | undefined) => Name | undefined;
}

/** Makes a codec of a table from names to numbers; `prefix` is what the wire puts before the names. */
export function enumCodec<Name extends string>(
  enumName: string,
  prefix: string,
  numbers: Readonly<Record<Name, number>>,
): EnumCodec<Name> {
  const byName: ReadonlyMap<string, number> = new Map(Object.entries<number>(numbers));
  const byNumber: ReadonlyMap<number, Name> = new Map(
    Object.entries<number>(numbers).map(([name, number]) => [number, name as Name]),
  );
  return {
    encode(value) {
      if (value === null || value === undefined) return undefined;
      if (typeof value === 'number') {
        if (value === 0 || byNumber.has(value)) return value;
      } else {
        const name: string = value.startsWith(prefix) ? value.slice(prefix.length) : value;
        if (name === 'UNSPECIFIED') return 0;
        const number = byName.get(name);
        if (number !== undefined) return number;
      }
      throw new ValueError(
        `Invalid enum value: '${String(value)}'; ${enumName} is one of ${[...byName.keys()].join(', ')}`,
      );
    },
    decode(value) {
      if (value === null || value === undefined) return undefined;
      if (value === 0) return undefined;
      return byNumber.get(value) ?? (`unknown_${value}` as Name);
    },
  };
}
