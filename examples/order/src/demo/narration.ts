/** Tells the audience. */
export function say(text: string): void {
  console.log(text);
}

/** Tells a result, and ends the demo when it is another than expected. */
export function expect<T>(found: T, expected: T, what: string): void {
  if (found !== expected) throw new Error(`Expected ${String(expected)} ${what}, but found ${String(found)}`);
  say(`✓ ${typeof found === 'boolean' ? '' : String(found)} ${what}`.replace('  ', ' ').replace('✓ :', '✓'));
}
