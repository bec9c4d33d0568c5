/** Converters in the context of whoever owns the payloads: a run, its activities, its children and whom it signals. */
import {
  failureConverterInContext,
  payloadConverterInContext,
  type ActivitySerializationContext,
  type FailureConverter,
  type PayloadConverter,
  type SerializationContext,
} from '@reprise/common';

/** What converts the payloads of one owner. */
export interface Converters {
  readonly payload: PayloadConverter;
  readonly failure: FailureConverter;
}

/** As much of a run as is needed for them. */
interface Owner {
  readonly payloadConverter: PayloadConverter;
  readonly failureConverter: FailureConverter;
  readonly creation: { readonly namespace: string; readonly workflowId: string };
}

/** The run's converters in another context than its own. */
function convertersFor(run: Owner, context: SerializationContext): Converters {
  return {
    payload: payloadConverterInContext(run.payloadConverter, context),
    failure: failureConverterInContext(run.failureConverter, context),
  };
}

/** For the payloads of an activity. */
export function activityConverters(
  run: Owner,
  activity: Pick<ActivitySerializationContext, 'activityId' | 'isLocal'>,
): Converters {
  const { namespace, workflowId } = run.creation;
  return convertersFor(run, { type: 'activity', namespace, workflowId, ...activity });
}

/** For the payloads of a child, or of another workflow. */
export function workflowConverters(run: Owner, workflowId: string): Converters {
  return convertersFor(run, { type: 'workflow', namespace: run.creation.namespace, workflowId });
}
