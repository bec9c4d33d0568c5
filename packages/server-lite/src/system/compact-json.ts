const escapes: Readonly<Record<string, string>> = {
  '<': String.raw`\u003c`,
  '>': String.raw`\u003e`,
  '&': String.raw`\u0026`,
  '\u2028': String.raw`\u2028`,
  '\u2029': String.raw`\u2029`,
};

/** JSON without spaces between its tokens, and safe to put into a page; numbers stay as they are written. */
export const compactJson = (text: string): string =>
  text
    .replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, (_, string?: string) => string ?? '')
    .replaceAll(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
