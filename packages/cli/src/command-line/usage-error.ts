/** The command line is not one that the command takes. Printed without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
