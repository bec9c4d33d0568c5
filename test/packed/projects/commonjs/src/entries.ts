import type { Context } from '@reprise/activity';
import type { WorkflowHandle } from '@reprise/client';
import type { Payload } from '@reprise/common';
import type { temporal } from '@reprise/proto';
import { fromJson } from '@reprise/proto/json';
import type { TestWorkflowEnvironment } from '@reprise/testing';

/** Every entry has types, whatever way TypeScript resolves modules. */
export interface Entries {
  context: Context;
  handle: WorkflowHandle;
  payload: Payload;
  event: temporal.api.history.v1.HistoryEvent;
  environment: TestWorkflowEnvironment;
}

export const readJson: typeof fromJson = fromJson;
