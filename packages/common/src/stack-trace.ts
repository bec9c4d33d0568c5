/** Frames of the SDK itself, at and below which a stack says nothing about user code. */
const CUTOFF = [
  /[/\\]@(?:reprise|temporalio)[/\\](?:activity|workflow|worker|common|testing)[/\\]/,
  /\breprise:(?:runtime|workflow|common|isolate)\b/,
  /\(?node:internal\//,
];

/** Drops the frames of the SDK at the end of a stack trace. */
export function cutoffStackTrace(stack?: string): string {
  const lines = (stack ?? '').split('\n');
  let end = lines.length;
  while (end > 1 && CUTOFF.some((pattern) => pattern.test(lines[end - 1] ?? ''))) end--;
  return lines.slice(0, end).join('\n');
}
