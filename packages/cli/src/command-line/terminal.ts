/** Where a command writes and what it knows of its surroundings; tests give one that collects. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Colours and progress lines are for people. */
  readonly isInteractive: boolean;
  readonly useColors: boolean;
  readonly columns: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function processTerminal(): Terminal {
  const { env, stdout } = process;
  const isInteractive = stdout.isTTY === true;
  return {
    out: (text) => void stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    err: (text) => void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
    isInteractive,
    useColors: wantsColors(env, isInteractive),
    columns: stdout.columns ?? 100,
    cwd: process.cwd(),
    env,
  };
}

function wantsColors(env: NodeJS.ProcessEnv, isInteractive: boolean): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return isInteractive && env['TERM'] !== 'dumb';
}
