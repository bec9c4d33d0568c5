/** Nobody knows the name of the server. */
export class NameResolutionError extends Error {
  override readonly name = 'NameResolutionError';
}
