import type { Mismatch } from '@reprise/worker/replay';
import type { Intent } from '@reprise/workflow/runtime';

import type { Finding } from '../diagnose/finding.ts';
import { nowStep, recordedStep } from '../diagnose/step.ts';

const SURE_AFTER = 25;

interface Known {
  findings: readonly Finding[];
  codes: string;
  count: number;
  isDoubtful: boolean;
}

/**
 * Diagnoses that came out the same so often that further histories with the same difference are not searched again: in a
 * large corpus, one changed line breaks them all.
 */
export class KnownCauses {
  readonly #bySignature = new Map<string, Known>();

  /** Undefined until the answer is sure. */
  findingsFor(mismatch: Mismatch, now: readonly Intent[]): readonly Finding[] | undefined {
    const known = this.#bySignature.get(signature(mismatch, now));
    if (known === undefined || known.isDoubtful || known.count < SURE_AFTER) return undefined;
    known.count++;
    return known.findings;
  }

  add(mismatch: Mismatch, now: readonly Intent[], findings: readonly Finding[]): void {
    const key = signature(mismatch, now);
    const codes = findings.map(({ code, title }) => `${code} ${title}`).join('\n');
    const known = this.#bySignature.get(key);
    if (known === undefined) this.#bySignature.set(key, { findings, codes, count: 1, isDoubtful: false });
    else if (known.codes === codes) known.count++;
    else known.isDoubtful = true;
  }
}

/** What the two sides are, and where the code asks: not which of the many executions it is. */
function signature({ code, recorded }: Mismatch, now: readonly Intent[]): string {
  const step = recorded === undefined ? undefined : recordedStep(recorded.event);
  const [first] = now;
  const is = first === undefined ? undefined : nowStep(first);
  return [code, recorded?.eventType, step?.name, is?.kind, is?.name, first?.place, now.length].join('\n');
}
