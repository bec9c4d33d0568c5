/**
 * Reads a value of dynamic configuration as command lines give it, such as `limit.maxIDLength=255`.
 *
 * @throws TypeError when it is not KEY=JSON
 */
export function parseConfigValue(text: string): [key: string, value: unknown] {
  const at = text.indexOf('=');
  if (at <= 0) throw new TypeError(`must be KEY=JSON, found '${text}'`);
  const [key, value] = [text.slice(0, at), text.slice(at + 1)];
  try {
    return [key, JSON.parse(value)];
  } catch {
    throw new TypeError(`${key}: '${value}' is not JSON (a string needs quotes)`);
  }
}
