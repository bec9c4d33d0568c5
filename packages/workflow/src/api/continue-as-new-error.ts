import { brandError, type SignalTypeInfo } from '@reprise/common';
import type {
  Duration,
  InitialVersioningBehavior,
  RetryPolicy,
  SearchAttributePair,
  SearchAttributes,
  TypedSearchAttributes,
  VersioningIntent,
} from '@reprise/common';
import type { IntentOf } from '../intents.ts';
import type { EventGroupMarker } from './event-group-marker.ts';
import type { Place } from '../run/place.ts';

/** What the next run may have different from this one. */
export interface ContinueAsNewOptions {
  /** Default: the current type. */
  workflowType?: string;
  /** Default: the current task queue. */
  taskQueue?: string;
  workflowRunTimeout?: Duration;
  workflowTaskTimeout?: Duration;
  /** Wait this long before the next run begins. */
  backoffStartInterval?: Duration;
  /** Default: the current memo. */
  memo?: Record<string, unknown>;
  /** Untyped search attributes. Default: the current ones. */
  searchAttributes?: SearchAttributes;
  typedSearchAttributes?: SearchAttributePair[] | TypedSearchAttributes;
  retry?: RetryPolicy;
  versioningIntent?: VersioningIntent;
  initialVersioningBehavior?: InitialVersioningBehavior;
  /** What is declared of the types of the arguments. */
  typeInfo?: SignalTypeInfo;
  /** Groups that the end of this run belongs to; see `createEventGroup`. */
  eventGroups?: readonly EventGroupMarker[];
}

/** Thrown to end this run and begin another. Do not catch it. */
export class ContinueAsNew extends Error {
  readonly command: IntentOf<'continueAsNew'>;
  /** Where workflow code asked for it. */
  readonly place: Place | undefined;
  constructor(command: IntentOf<'continueAsNew'>, place?: Place) {
    super('Workflow continued as new');
    this.command = command;
    this.place = place;
  }
  static {
    brandError(this, 'ContinueAsNew');
  }
}
