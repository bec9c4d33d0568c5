/** A filter cut into tokens. */

export interface Token {
  readonly kind: 'word' | 'quotedName' | 'text' | 'integer' | 'decimal' | 'unreadable' | 'symbol' | 'end' | 'bad';
  /** Words in lower case where they may be keywords: compare `lower`. */
  readonly value: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

const symbols = [
  ...['<=>', '->>', '!=', '<>', '<=', '>=', '<<', '>>', '->', '&&', '||', '=', '<', '>', '(', ')', ',', '-', '+', '*'],
  ...['/', '%', '.', ';', '!', '~', '&', '|', '^'],
];
const spaces = /(\s|--[ \t\n\r][^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/)*/y;
/** A number in hexadecimal, a value to be filled in, or a text written as its bits: what filters have no use for. */
const unreadablePattern = /0x[0-9a-fA-F]+|:[A-Za-z_]\w*|\?/y;
const codedTextPattern = /([xX]'[0-9a-fA-F]*'|[bB]'[01]*')/y;
const wordPattern = /[A-Za-z_@$\u0080-\uffff][\w@$\u0080-\uffff]*/y;
const numberPattern = /(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?/y;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', b: '\b', Z: '\x1a' };

/** Text between quotes, in which a quote is doubled or escaped. Undefined when it does not end. */
function readQuoted(text: string, at: number): { value: string; end: number } | undefined {
  const quote = text[at];
  let value = '';
  for (let place = at + 1; place < text.length; place++) {
    const char = text[place] ?? '';
    if (char === '\\' && quote !== '`' && place + 1 < text.length) {
      const next = text[++place] ?? '';
      value += escapes[next] ?? next;
    } else if (char === quote && text[place + 1] === quote) {
      value += char;
      place++;
    } else if (char === quote) {
      return { value, end: place + 1 };
    } else {
      value += char;
    }
  }
  return undefined;
}

function tokenAt(text: string, start: number): Token {
  const token = (kind: Token['kind'], value: string, end: number): Token => ({
    kind,
    value,
    lower: value.toLowerCase(),
    start,
    end,
  });
  const char = text[start] ?? '';
  if (char === "'" || char === '"' || char === '`') {
    const quoted = readQuoted(text, start);
    if (!quoted) return token('bad', text.slice(start + 1), text.length);
    if (char === '`') return token(quoted.value === '' ? 'bad' : 'quotedName', quoted.value, quoted.end);
    return token('text', quoted.value, quoted.end);
  }
  const coded = matchAt(codedTextPattern, text, start);
  if (coded) return token('text', coded.slice(2, -1), start + coded.length);
  const unreadable = matchAt(unreadablePattern, text, start);
  if (unreadable) return token('unreadable', unreadable === '?' ? ':v1' : unreadable, start + unreadable.length);
  const number = matchAt(numberPattern, text, start);
  if (number) {
    const end = start + number.length;
    // A name may not begin with a digit, and nothing else may follow a number at once.
    if (matchAt(wordPattern, text, end)) return token('bad', number, end);
    return token(/^\d+$/.test(number) ? 'integer' : 'decimal', number, end);
  }
  const word = matchAt(wordPattern, text, start);
  if (word) return token('word', word, start + word.length);
  const symbol = symbols.find((candidate) => text.startsWith(candidate, start));
  return symbol ? token('symbol', symbol, start + symbol.length) : token('bad', char, start + 1);
}

/** Gives up, with one token more than asked for, when there are more. */
export function readTokens(text: string, most: number): Token[] {
  const tokens: Token[] = [];
  let place = (matchAt(spaces, text, 0) ?? '').length;
  while (place < text.length && tokens.length <= most) {
    const token = tokenAt(text, place);
    tokens.push(token);
    place = token.end + (matchAt(spaces, text, token.end) ?? '').length;
  }
  tokens.push({ kind: 'end', value: '', lower: '', start: text.length, end: text.length });
  return tokens;
}
