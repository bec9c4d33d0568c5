/** Finds payloads that the server would refuse, before it does: a refused task comes back for ever. */
import type { Payload } from '@reprise/common';
import { payloadUnits } from './decode/payload-units.ts';
import type { Command } from './machine/encode-command.ts';

export interface PayloadLimits {
  /** Bytes of the arguments of one call, or of one result. */
  readonly maxPayloadBytes: number;
  /** Bytes of a memo. */
  readonly maxMemoBytes: number;
  /** Sizes from which on a warning is due; 0: none is. */
  readonly warnPayloadBytes: number;
  readonly warnMemoBytes: number;
}

export interface Oversize {
  readonly isError: boolean;
  readonly message: string;
}

/** What is too large among commands; undefined when nothing is. */
export function findOversize(commands: readonly Command[], limits: PayloadLimits): Oversize | undefined {
  let warning: Oversize | undefined;
  for (const command of commands) {
    for (const { payloads, path } of payloadUnits(command)) {
      const bytes = payloads.reduce((sum, payload) => sum + sizeOf(payload), 0);
      const isMemo = path.includes('memo') || path.includes('upsertedMemo');
      const limit = isMemo ? limits.maxMemoBytes : limits.maxPayloadBytes;
      const warnBytes = isMemo ? limits.warnMemoBytes : limits.warnPayloadBytes;
      if (bytes > limit) {
        const message = `[TMPRL1103] Attempted to upload payloads with size that exceeded the error limit. ${path.join('.')}: ${bytes} bytes, limit ${limit} bytes`;
        return { isError: true, message };
      }
      if (warnBytes > 0 && bytes > warnBytes) {
        const message = `[TMPRL1103] Attempted to upload payloads with size that exceeded the warning limit. ${path.join('.')}: ${bytes} bytes, limit ${warnBytes} bytes`;
        warning ??= { isError: false, message };
      }
    }
  }
  return warning;
}

function sizeOf({ data, metadata }: Payload): number {
  const fields = Object.values(metadata ?? {});
  return (data?.length ?? 0) + fields.reduce((sum, field) => sum + field.length, 0);
}
