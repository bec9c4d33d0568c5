import type { Context } from '@reprise/activity';
import { log } from '@reprise/activity/lib';
import type { WorkflowHandle } from '@reprise/client';
import { defineSearchAttributeKey, type Payload } from '@reprise/common';
import { encode } from '@reprise/common/lib/encoding';
import encoding from '@reprise/common/lib/encoding.js';
import { historyToJSON } from '@reprise/common/lib/proto-utils';
import { DefaultPayloadConverterWithProtobufs } from '@reprise/common/lib/protobufs';
import { msToNumber } from '@reprise/common/lib/time';
import { loadClientConnectConfig } from '@reprise/envconfig';
import { OpenTelemetryPlugin } from '@reprise/interceptors-opentelemetry';
import { OpenTelemetryWorkflowClientInterceptor } from '@reprise/interceptors-opentelemetry/lib/client';
import { makeWorkflowExporter } from '@reprise/interceptors-opentelemetry/lib/worker';
import { OpenTelemetryPlugin as PluginForSdk2 } from '@reprise/interceptors-opentelemetry-v2';
import { makeWorkflowExporter as makeExporterForSdk2 } from '@reprise/interceptors-opentelemetry-v2/lib/worker';
import { WorkflowRunOperationHandler } from '@reprise/nexus';
import { WorkflowCoverage } from '@reprise/nyc-test-coverage';
import { SimplePlugin } from '@reprise/plugin';
import proto, { temporal } from '@reprise/proto';
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

/** Every entry has values, for `import` and for `require`. */
export const values: readonly unknown[] = [
  defineSearchAttributeKey('Name', 'KEYWORD'),
  encoding.decode(encode('text')),
  log,
  historyToJSON,
  DefaultPayloadConverterWithProtobufs,
  msToNumber('1s'),
  loadClientConnectConfig({ configSource: { data: Buffer.from('') } }),
  OpenTelemetryPlugin,
  new OpenTelemetryWorkflowClientInterceptor(),
  makeWorkflowExporter({ onEnd: () => undefined }, {}),
  PluginForSdk2,
  makeExporterForSdk2({ onEnd: () => undefined }, {}),
  WorkflowRunOperationHandler,
  new WorkflowCoverage().interceptorModule,
  new SimplePlugin({ name: 'nothing' }),
  temporal.api.common.v1.Payload.encode({ data: new Uint8Array([1]) }).finish(),
  proto.temporal.api.enums.v1.EventType.EVENT_TYPE_TIMER_FIRED,
];
