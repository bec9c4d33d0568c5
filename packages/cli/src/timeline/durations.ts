import type { google } from '@reprise/proto';

/** `1.2 s`, `3 m 20 s`, `12 ms`: short, and precise enough for a person. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trim(ms / 1000)} s`;
  const units: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'm'],
    [1000, 's'],
  ];
  const parts: string[] = [];
  let rest = ms;
  for (const [size, name] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  return parts.slice(0, 2).join(' ');
}

export function wireDurationText(duration: google.protobuf.Duration | null | undefined): string {
  return durationText((duration?.seconds ?? 0) * 1000 + (duration?.nanos ?? 0) / 1e6);
}

function trim(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '');
}
