import type { Payload } from './wire.ts';

const decoder = new TextDecoder();

/** Memo fields or search attributes without those whose payload holds nothing or an empty list: they say "not set". */
export function filledFields(fields: { [key: string]: Payload } | null | undefined): { [key: string]: Payload } {
  return Object.fromEntries(
    Object.entries(fields ?? {}).filter(([, { data }]) => data && data.length > 0 && decoder.decode(data) !== '[]'),
  );
}

/** The same as a message, or undefined when no field is left. */
export function filledMemo(
  memo: { readonly fields?: { [key: string]: Payload } | null | undefined } | null | undefined,
): { fields: { [key: string]: Payload } } | undefined {
  const fields = filledFields(memo?.fields);
  return Object.keys(fields).length > 0 ? { fields } : undefined;
}
