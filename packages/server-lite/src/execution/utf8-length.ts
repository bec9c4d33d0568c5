const encoder = new TextEncoder();

/** Limits on texts count bytes. */
export const utf8Length = (text: string): number => encoder.encode(text).length;
