import { styleText } from 'node:util';

/** Tells the audience. */
export function say(text: string): void {
  console.log(text);
}

/** Begins a part of the story. */
export function chapter(title: string): void {
  say(`\n${styleText('bold', title)}`);
}

/** Tells a result, and ends the demo when it is another than expected. */
export function expect<T>(found: T, expected: T, what: string): void {
  if (found !== expected) throw new Error(`Expected ${String(expected)}, found ${String(found)}: ${what}`);
  say(`${styleText('green', '✓')} ${what}`);
}
