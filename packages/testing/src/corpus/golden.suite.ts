import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the recordings of a real server are. */
export const GOLDEN = join(import.meta.dirname, '../../../../test/golden/histories');

interface Recording {
  histories: Record<string, object[]>;
}

/** Every recorded history of a scenario, as proto3 JSON. */
export function goldenHistories(scenario: string): object[] {
  const recording = JSON.parse(readFileSync(join(GOLDEN, `${scenario}.json`), 'utf8')) as Recording;
  return Object.values(recording.histories).flat();
}

export function goldenHistory(scenario: string): object {
  const [first] = goldenHistories(scenario);
  if (first === undefined) throw new Error(`scenario ${scenario} has no history`);
  return first;
}

export function goldenScenarios(): string[] {
  return readdirSync(GOLDEN)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}
