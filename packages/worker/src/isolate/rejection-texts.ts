/** A frame of the host: files of the isolate have no folders. isolated-vm puts its own callers below those of the isolate. */
const HOST_FRAME = /^ {4}at\b.*(?:file:\/\/|node:|[( ]\/|[( ][A-Za-z]:\\).*\n?/gm;

/**
 * What crosses of a promise that was rejected and that nobody handled: name, message and stack of an error, or no name and
 * the text of any other value.
 */
export function textsOfRejection(thrown: unknown): [name: string, text: string, stack: string] {
  if (!(thrown instanceof Error)) return ['', String(thrown), ''];
  const { name, message, stack = '' } = thrown;
  // isolated-vm speaks of itself when what was thrown has no text.
  if (message.startsWith('An object was thrown from supplied code')) return ['', 'a value without text', ''];
  return [name, message, stack.replaceAll(HOST_FRAME, '').trimEnd()];
}
