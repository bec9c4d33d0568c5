/**
 * A message as the services and `decode` hand it out: texts, numbers, bytes, lists and maps that are not set read as empty
 * ones, messages that are not set as undefined.
 */
export type Filled<T> = { [Field in keyof T]-?: FilledField<NonNullable<T[Field]>> } & {
  /** For JSON.stringify: enums by name, bytes as base64. */
  toJSON(): { [field: string]: unknown };
};

type FilledField<F> = F extends string | number | boolean | Uint8Array | readonly unknown[]
  ? F
  : string extends keyof F
    ? F
    : F | null | undefined;
