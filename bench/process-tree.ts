/** CPU and memory of a process and everything it started, as /proc has them (Linux only). */
import { readdirSync, readFileSync } from 'node:fs';

const msPerTick = 10;

interface Stat {
  pid: number;
  parentPid: number;
  cpuMs: number;
}

function readStat(pid: number): Stat | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const field = (index: number): number => Number(fields[index] ?? 0);
    // Own time and the time of children that have ended.
    return { pid, parentPid: field(1), cpuMs: (field(11) + field(12) + field(13) + field(14)) * msPerTick };
  } catch {
    return undefined; // it ended while we looked
  }
}

function processTree(rootPid: number): Stat[] {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readStat(Number(name)) ?? []);
  const members = new Set([rootPid]);
  for (let size = 0; size !== members.size;) {
    size = members.size;
    for (const { pid, parentPid } of stats) if (members.has(parentPid)) members.add(pid);
  }
  return stats.filter(({ pid }) => members.has(pid));
}

/** User and system CPU of the whole tree so far, in ms. */
export function treeCpuMs(rootPid: number): number {
  return processTree(rootPid).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Resident memory of the whole tree, in MB; pages shared between its processes count once. */
export function treeMemoryMB(rootPid: number): number {
  return processTree(rootPid).reduce((sum, { pid }) => sum + proportionalMB(pid), 0);
}

function proportionalMB(pid: number): number {
  try {
    const kB = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kB ?? 0) / 1024;
  } catch {
    return 0;
  }
}
