const SETTABLE = new Set([
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
]);

/** Parses a URL for the isolate and sets one component if asked: text in, JSON text out, undefined if it is no URL. */
export function parseUrl(href: string, base?: string, name?: string, value?: string): string | undefined {
  const url = URL.parse(href, base);
  if (url === null) return undefined;
  if (name !== undefined && SETTABLE.has(name)) Reflect.set(url, name, value ?? '');
  const { origin, protocol, username, password, host, hostname, port, pathname, search, hash } = url;
  return JSON.stringify({
    href: url.href,
    origin,
    protocol,
    username,
    password,
    host,
    hostname,
    port,
    pathname,
    search,
    hash,
  });
}
