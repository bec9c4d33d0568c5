/** What the answers of Nexus handlers mean. */
import type { temporal } from '@reprise/proto';
import type { NexusAnswer } from '../../execution/decide/nexus-answer.ts';
import type { Failure } from '../../execution/wire.ts';
import type { Answer } from '../../matching/matching.ts';
import {
  failureOfNexus,
  failureThroughNexus,
  MalformedNexusFailure,
  nexusTypes,
  operationState,
} from './nexus-failure.ts';
import { isSendable, linksWithUrls, readLink } from './nexus-links.ts';
import { nullPayload } from './nexus-message.ts';

type NexusFailure = temporal.api.nexus.v1.Failure;
type HandlerFailed = Extract<Answer, { kind: 'nexusFailed' }>;

/** The others, known or not, are worth another try. */
const finalTypes: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'UNAUTHORIZED',
  'NOT_FOUND',
  'NOT_IMPLEMENTED',
  'CONFLICT',
]);

const retryBehaviors = { retryable: 1, nonRetryable: 2 } as const;

const handlerError = (message: string): NexusAnswer => ({
  kind: 'unavailable',
  failure: { message, nexusHandlerFailureInfo: { type: 'INTERNAL' } },
});

/** What cannot be understood is the handler's fault, and may go better the next time. */
function understood(read: () => NexusAnswer): NexusAnswer {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedNexusFailure)) throw error;
    const message = `failed to convert Failure to error: ${error.message}`;
    return { kind: 'unavailable', failure: { message, applicationFailureInfo: { type: 'CallError' } } };
  }
}

/** A handler's error: final, or worth another try. */
const handlerAnswer = (answer: HandlerFailed): NexusAnswer => understood(() => handlerProblem(answer));

function handlerProblem({ error, ...answer }: HandlerFailed): NexusAnswer {
  const failure = error ? undefined : answer.failure;
  const inside = operationErrorIn(error?.failure);
  if (inside) return operationError(operationState(inside), inside);
  const info = failure?.nexusHandlerFailureInfo;
  const type = info?.type ?? (error ? (error.errorType ?? '') : 'INTERNAL');
  const behavior = info?.retryBehavior ?? error?.retryBehavior ?? 0;
  const shown: Failure = failure
    ? failureThroughNexus(failure)
    : {
        cause: failureOfNexus(error?.failure ?? {}),
        nexusHandlerFailureInfo: { type, ...(behavior ? { retryBehavior: behavior } : {}) },
      };
  const isRetryable = behavior === retryBehaviors.retryable || (behavior === 0 && !finalTypes.has(type));
  return { kind: isRetryable ? 'unavailable' : 'failed', failure: shown };
}

/** An operation's error says how the operation ended, also from behind another error. */
function operationErrorIn(failure: NexusFailure | null | undefined): NexusFailure | undefined {
  if (!failure) return undefined;
  return failure.metadata?.type === nexusTypes.operationError ? failure : operationErrorIn(failure.cause);
}

function operationError(state: unknown, nexus: NexusFailure): NexusAnswer {
  if (state !== 'failed' && state !== 'canceled') return handlerError('');
  const failure = failureOfNexus(nexus);
  if (state === 'failed') return { kind: 'failed', failure };
  if (failure.canceledFailureInfo) return { kind: 'canceled', failure };
  const { message, stackTrace, cause } = failure;
  return { kind: 'canceled', failure: { message, stackTrace, canceledFailureInfo: {}, ...(cause ? { cause } : {}) } };
}

export function startAnswer(answer: Answer): NexusAnswer {
  if (answer.kind === 'nexusFailed') return handlerAnswer(answer);
  const response = answer.kind === 'nexus' ? answer.response.startOperation : undefined;
  const { syncSuccess, asyncSuccess, operationError: error, failure } = response ?? {};
  const links = linksWithUrls((syncSuccess ?? asyncSuccess)?.links);
  if (!links.every(isSendable)) return handlerError('');
  if (syncSuccess) {
    return { kind: 'completed', result: syncSuccess.payload ?? nullPayload, links: links.flatMap(readLink) };
  }
  if (asyncSuccess) {
    const operationToken = asyncSuccess.operationToken || asyncSuccess.operationId || '';
    return { kind: 'started', operationToken, links: links.flatMap(readLink) };
  }
  if (failure)
    return { kind: failure.canceledFailureInfo ? 'canceled' : 'failed', failure: failureThroughNexus(failure) };
  if (error) return understood(() => operationError(error.operationState, error.failure ?? {}));
  return handlerError('empty outcome');
}

export const cancelAnswer = (answer: Answer): NexusAnswer =>
  answer.kind === 'nexusFailed' ? handlerAnswer(answer) : { kind: 'completed', result: undefined, links: [] };
