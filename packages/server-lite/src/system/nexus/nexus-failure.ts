/**
 * Failures in the words of Nexus, as failures of ours. What Nexus has a name for is told by `metadata.type`; what is in
 * other words stays whole, as the details of an application failure.
 */
import type { temporal } from '@reprise/proto';
import { fromJson, JsonMessageError } from '@reprise/proto/json';
import { compactJson } from '../compact-json.ts';
import type { Failure } from '../../execution/wire.ts';

type NexusFailure = temporal.api.nexus.v1.Failure;

/** A failure that says of itself that it is of a kind, and does not have what that kind has. */
export class MalformedNexusFailure extends Error {
  override readonly name = 'MalformedNexusFailure';
}

export const nexusTypes = {
  temporal: 'temporal.api.failure.v1.Failure',
  operationError: 'nexus.OperationError',
  handlerError: 'nexus.HandlerError',
} as const;

const retryBehaviors = { retryable: 1, nonRetryable: 2 } as const;

/** @throws MalformedNexusFailure */
export function failureOfNexus(nexus: NexusFailure): Failure {
  const { message, stackTrace, cause } = nexus;
  return {
    ...kindOf(nexus),
    message: message ?? '',
    stackTrace: stackTrace ?? '',
    ...(cause ? { cause: failureOfNexus(cause) } : {}),
  };
}

/** The fields that tell what kind of failure it is. */
function kindOf(nexus: NexusFailure): Failure {
  switch (nexus.metadata?.type) {
    case nexusTypes.temporal:
      return temporalKind(nexus);
    case nexusTypes.operationError:
      return operationState(nexus) === 'canceled'
        ? { canceledFailureInfo: {} }
        : { applicationFailureInfo: { nonRetryable: true, type: 'OperationError' } };
    case nexusTypes.handlerError:
      return handlerKind(nexus);
    default:
      return foreignKind(nexus);
  }
}

function parsed({ details }: NexusFailure, kind: string): unknown {
  try {
    return JSON.parse(Buffer.from(details ?? []).toString());
  } catch (error) {
    const reason = details?.length ? String(error) : 'unexpected end of JSON input';
    throw new MalformedNexusFailure(`failed to deserialize ${kind}: ${reason}`);
  }
}

function temporalKind(nexus: NexusFailure): Failure {
  try {
    // Its own cause, if it has one, is beside it.
    const { cause: _cause, ...failure } = fromJson('temporal.api.failure.v1.Failure', parsed(nexus, 'Failure'), {
      unknownFields: 'ignore',
    });
    return failure;
  } catch (error) {
    if (error instanceof JsonMessageError) throw new MalformedNexusFailure(error.message);
    throw error;
  }
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** @throws MalformedNexusFailure */
export const operationState = (nexus: NexusFailure): unknown => fieldOf(parsed(nexus, 'OperationError'), 'state');

function handlerKind(nexus: NexusFailure): Failure {
  const details = parsed(nexus, 'HandlerError');
  const [type, override, attributes] = ['type', 'retryableOverride', 'encodedAttributes'].map((name) =>
    fieldOf(details, name),
  );
  const retryBehavior = override === true ? retryBehaviors.retryable : retryBehaviors.nonRetryable;
  return {
    nexusHandlerFailureInfo: {
      type: typeof type === 'string' ? type : '',
      ...(typeof override === 'boolean' ? { retryBehavior } : {}),
    },
    ...(typeof attributes === 'string' && attributes !== '' ? { encodedAttributes: attributesOf(attributes) } : {}),
  };
}

function attributesOf(encoded: string): temporal.api.common.v1.Payload {
  try {
    const json: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return fromJson('temporal.api.common.v1.Payload', json);
  } catch (error) {
    throw new MalformedNexusFailure(`failed to deserialize HandlerError attributes: ${String(error)}`);
  }
}

const encoding = Buffer.from('json/plain');

function foreignKind(nexus: NexusFailure): Failure {
  const isPlain = Object.keys(nexus.metadata ?? {}).length === 0 && !nexus.details?.length;
  if (isPlain) return {};
  const { message: _message, stackTrace: _stackTrace, ...rest } = nexus;
  const data = Buffer.from(jsonOf(rest));
  return {
    applicationFailureInfo: {
      type: 'NexusFailure',
      details: { payloads: [{ metadata: { encoding }, data }] },
    },
  };
}

/** As the service writes it: names in order, nothing that is empty, details as they were sent but for spaces. */
function jsonOf({ message, stackTrace, metadata, details, cause }: NexusFailure): string {
  const sorted = Object.entries(metadata ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const fields = [
    message ? ['message', JSON.stringify(message)] : undefined,
    stackTrace ? ['stackTrace', JSON.stringify(stackTrace)] : undefined,
    sorted.length > 0 ? ['metadata', JSON.stringify(Object.fromEntries(sorted))] : undefined,
    details?.length ? ['details', Buffer.from(details).toString()] : undefined,
    cause ? ['cause', jsonOf(cause)] : undefined,
  ];
  const written = fields.flatMap((field) => (field ? [`"${field[0]}":${field[1]}`] : []));
  return compactJson(`{${written.join(',')}}`);
}

/** A failure of ours that has come by way of Nexus, where a handler's error has no source. */
export function failureThroughNexus({ cause, ...failure }: Failure): Failure {
  const { source: _source, ...withoutSource } = failure;
  return {
    ...(failure.nexusHandlerFailureInfo ? withoutSource : failure),
    ...(cause ? { cause: failureThroughNexus(cause) } : {}),
  };
}
