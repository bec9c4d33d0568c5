import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The memory that another process has; undefined where the system does not tell, or the process is gone. */
export function residentBytes(pid: number): number | undefined {
  try {
    if (process.platform === 'linux') {
      const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
    }
    if (process.platform !== 'darwin') return undefined;
    const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
    return kilobytes > 0 ? kilobytes * 1024 : undefined;
  } catch {
    return undefined;
  }
}
