import type { temporal } from '@reprise/proto';
import type { Converter } from './converter.ts';

interface Texts {
  staticSummary?: string | undefined;
  staticDetails?: string | undefined;
}

/** Summary and details as user interfaces show them; undefined when there are none. */
export async function encodeUserMetadata(
  converter: Converter,
  { staticSummary, staticDetails }: Texts,
): Promise<temporal.api.sdk.v1.UserMetadata | undefined> {
  if (staticSummary === undefined && staticDetails === undefined) return undefined;
  return {
    ...(staticSummary !== undefined && { summary: await converter.encodeOne(staticSummary) }),
    ...(staticDetails !== undefined && { details: await converter.encodeOne(staticDetails) }),
  };
}

/** The texts of a `UserMetadata`. */
export async function decodeUserMetadata(
  converter: Converter,
  metadata: temporal.api.sdk.v1.UserMetadata | null | undefined,
): Promise<{ staticSummary: string | undefined; staticDetails: string | undefined }> {
  const [summary, details] = await Promise.all([
    converter.decodeOne(metadata?.summary),
    converter.decodeOne(metadata?.details),
  ]);
  return { staticSummary: asText(summary), staticDetails: asText(details) };
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
