/** Payloads of both sides: whether they say the same, and how they are shown. */
import { fromWallPayload, type Payload, type WallPayload } from '@reprise/common';

/** Two sides in words: as they are, and as no more than their form, for logs that anybody may read. */
export interface ValueTexts {
  readonly values: { readonly recorded: string; readonly now: string };
  readonly shapes: { readonly recorded: string; readonly now: string };
}

/** Undefined when both sides say the same. */
export function differingValues(recorded: readonly Payload[], now: readonly WallPayload[]): ValueTexts | undefined {
  if (recorded.length === now.length && recorded.every((payload, index) => isPlainlySame(payload, now[index])))
    return undefined;
  const was = withoutNothing(recorded);
  const is = withoutNothing(now.map(fromWallPayload));
  if (was.length === is.length && was.every((payload, index) => samePayload(payload, is[index]))) return undefined;
  return {
    values: { recorded: listed(was, valueText), now: listed(is, valueText) },
    shapes: { recorded: listed(was, shapeText), now: listed(is, shapeText) },
  };
}

/** The same bytes, in the form of the wall; what is almost always so is seen without converting it. */
function isPlainlySame({ metadata, data }: Payload, wall: WallPayload | undefined): boolean {
  if (wall === undefined || wall.b === true || wall.binaryKeys !== undefined) return false;
  return isText(metadata?.['encoding'], wall.m?.['encoding']) && isText(data, wall.d);
}

/** False for anything but ASCII. */
function isText(bytes: Uint8Array | null | undefined, text: string | undefined): boolean {
  if (!bytes || text === undefined) return !bytes && text === undefined;
  if (bytes.length !== text.length) return false;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte >= 0x80 || byte !== text.charCodeAt(index)) return false;
  }
  return true;
}

function listed(payloads: readonly Payload[], show: (payload: Payload) => string): string {
  return payloads.length === 0 ? 'nothing' : payloads.map(show).join(', ');
}

/** Trailing `undefined` is the same as nothing. */
function withoutNothing(payloads: readonly Payload[]): readonly Payload[] {
  let length = payloads.length;
  while (length > 0 && encodingOf(payloads[length - 1]) === 'binary/null') length--;
  return payloads.slice(0, length);
}

const NO_BYTES = new Uint8Array(0);

function samePayload(a: Payload, b: Payload | undefined): boolean {
  if (b === undefined || encodingOf(a) !== encodingOf(b)) return false;
  const [left, right] = [a.data ?? NO_BYTES, b.data ?? NO_BYTES];
  if (Buffer.compare(left, right) === 0) return true;
  if (!encodingOf(a).startsWith('json/')) return false;
  return canonical(left) === canonical(right);
}

const text = new TextDecoder();

function encodingOf(payload: Payload | undefined): string {
  const encoding = payload?.metadata?.['encoding'];
  // Histories that were edited by hand have line feeds here, which nobody sees.
  return encoding === undefined ? '' : text.decode(encoding).trim();
}

/** JSON with its keys in order, so that only values count. */
function canonical(data: Uint8Array): string {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  try {
    return JSON.stringify(JSON.parse(text.decode(data)), sorted);
  } catch {
    return text.decode(data);
  }
}

function valueText(payload: Payload): string {
  if (encodingOf(payload).startsWith('json/')) return text.decode(payload.data ?? NO_BYTES);
  return bytesText(payload);
}

function bytesText(payload: Payload): string {
  return `<${encodingOf(payload)}, ${payload.data?.length ?? 0} bytes>`;
}

function shapeText(payload: Payload): string {
  if (!encodingOf(payload).startsWith('json/')) return bytesText(payload);
  try {
    return shapeOf(JSON.parse(text.decode(payload.data ?? NO_BYTES)), 0);
  } catch {
    return '<not JSON>';
  }
}

const DEEPEST = 4;
const MOST_KEYS = 20;

/** `{ id: number, tags: string[2] }`: keys and types, and how long lists are. */
function shapeOf(value: unknown, depth: number): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (depth === DEEPEST) return '...';
  if (Array.isArray(value)) {
    const shapes = [...new Set(value.slice(0, MOST_KEYS).map((item) => shapeOf(item, depth + 1)))];
    const item = shapes.length > 1 ? `(${shapes.join(' | ')})` : (shapes[0] ?? '');
    return `${item}[${value.length}]`;
  }
  const keys = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const shown = keys.slice(0, MOST_KEYS).map(([key, item]) => `${key}: ${shapeOf(item, depth + 1)}`);
  if (keys.length > MOST_KEYS) shown.push('...');
  return shown.length === 0 ? '{}' : `{ ${shown.join(', ')} }`;
}
