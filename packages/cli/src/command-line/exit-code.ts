/** What the exit code of every command means. */
export const ExitCode = {
  ok: 0,
  /** The code and a recorded history disagree. */
  divergence: 1,
  /** The command line is wrong, or the workflow code cannot be bundled. */
  usage: 2,
  /** Histories are missing or unreadable, or a server cannot be reached. */
  corpus: 3,
  /** Only warnings, under --strict. */
  strictWarnings: 4,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
