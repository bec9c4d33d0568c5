import superjson from 'superjson';

export async function use() {
  const text = superjson.stringify({ at: new Date(0), map: new Map([['a', 1n]]), none: undefined });
  const { at, map } = superjson.parse(text);
  return [text, at.getTime(), String(map.get('a'))];
}
