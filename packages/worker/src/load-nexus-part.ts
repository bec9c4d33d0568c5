import type { NexusInput, NexusPart, NexusSurroundings } from './nexus-part.ts';

/** What builds the part of a worker that answers Nexus tasks; undefined, and nothing is loaded, without services. */
export async function loadNexusPart(
  nexus: NexusInput,
): Promise<((around: NexusSurroundings) => NexusPart) | undefined> {
  if (nexus.services.size === 0) return undefined;
  const { buildNexusPart } = await import('./nexus-part.ts');
  return (around) => buildNexusPart(nexus, around);
}
