import { main } from './main.ts';
import { processTerminal } from './command-line/terminal.ts';

/** What the executable does: the command line of this process, its exit code included. */
export async function runProcess(): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may leave early (`| head`); that is no failure of ours.
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  process.exitCode = await main(process.argv.slice(2), processTerminal());
}
