/** A codec that says on every payload in which context it was encoded, and decodes it in no other. */
import type { Payload, PayloadCodec, SerializationContext } from '@reprise/common';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const encoding = 'binary/signed';

export function signatureOf(context: SerializationContext | undefined): string {
  if (context === undefined) return 'none';
  const { namespace, workflowId } = context;
  if (context.type === 'workflow') return `workflow ${namespace} ${workflowId}`;
  return `activity ${namespace} ${workflowId} ${context.activityId} ${context.isLocal ? 'local' : 'remote'}`;
}

export class SigningCodec implements PayloadCodec {
  /** What was asked for, in order. */
  readonly signatures = new Set<string>();

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const signature = signatureOf(context);
    this.signatures.add(signature);
    return payloads.map(({ metadata, data }) => ({
      metadata: { ...metadata, plain: metadata?.['encoding'] ?? new Uint8Array(), ...signed(signature) },
      data: flipped(data ?? new Uint8Array()),
    }));
  }

  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const signature = signatureOf(context);
    return payloads.map(({ metadata, data }) => {
      const { plain, signature: bytes, ...rest } = metadata ?? {};
      if (plain === undefined) throw new Error(`a payload that was never encoded came to be decoded for ${signature}`);
      const given = decoder.decode(bytes);
      if (given !== signature) throw new Error(`encoded for ${given}, decoded for ${signature}`);
      return { metadata: { ...rest, encoding: plain }, data: flipped(data ?? new Uint8Array()) };
    });
  }
}

const signed = (signature: string) => ({
  encoding: encoder.encode(encoding),
  signature: encoder.encode(signature),
});

function flipped(data: Uint8Array): Uint8Array {
  return data.map((byte) => byte ^ 0xff);
}
