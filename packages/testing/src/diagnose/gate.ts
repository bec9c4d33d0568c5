import type { Step } from './step.ts';

export const dashed = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

/** How to let new executions alone take a step. */
export function gate(step: Step | undefined, before?: Step): string {
  const own = dashed(step?.name || (step?.kind ?? 'change'));
  const name = step?.name || !before?.name ? own : `${own}-before-${before.name.toLowerCase()}`;
  return `gate it, so that only new executions take it: if (patched('${name.replaceAll(/[^a-z0-9-]+/g, '-')}')) ...`;
}
