import { fileURLToPath } from 'node:url';
import { SimplePlugin } from '@reprise/plugin';
import type { ReplayWorkerOptions, WorkerOptions } from '@reprise/worker';
import {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryActivityOutboundInterceptor,
} from './activity-interceptors.ts';
import { OpenTelemetryWorkflowClientInterceptor, type InterceptorOptions } from './client-interceptor.ts';
import { OpenTelemetryNexusInboundInterceptor, OpenTelemetryNexusOutboundInterceptor } from './nexus-interceptors.ts';
import { makeWorkflowExporter, type SpanProcessorOf } from './workflow-exporter.ts';

export interface OpenTelemetryPluginOptions<Resource = unknown> extends InterceptorOptions {
  /** What the spans of workflows are of, as OpenTelemetry's SDK makes it. */
  readonly resource: Resource;
  /** Where the spans of workflows go. */
  readonly spanProcessor: SpanProcessorOf<Resource>;
}

/**
 * Traces clients, workflows, activities and Nexus operations: give it to the client, to the worker, or to their connection.
 *
 * @example
 * const tracing = new OpenTelemetryPlugin({ resource, spanProcessor: new BatchSpanProcessor(exporter) });
 * const worker = await Worker.create({ taskQueue, workflowsPath, activities, plugins: [tracing] });
 */
export class OpenTelemetryPlugin<Resource = unknown> extends SimplePlugin {
  readonly otelOptions: OpenTelemetryPluginOptions<Resource>;

  constructor(otelOptions: OpenTelemetryPluginOptions<Resource>) {
    const options: InterceptorOptions = otelOptions.tracer === undefined ? {} : { tracer: otelOptions.tracer };
    const client = { workflow: [new OpenTelemetryWorkflowClientInterceptor(options)] };
    super({
      name: 'OpenTelemetryPlugin',
      clientInterceptors: client,
      workerInterceptors: {
        client,
        workflowModules: [workflowInterceptorsPath()],
        activity: [
          (context) => ({
            inbound: new OpenTelemetryActivityInboundInterceptor(context, options),
            outbound: new OpenTelemetryActivityOutboundInterceptor(context),
          }),
        ],
        nexus: [
          (context) => ({
            inbound: new OpenTelemetryNexusInboundInterceptor(context, options),
            outbound: new OpenTelemetryNexusOutboundInterceptor(context),
          }),
        ],
      },
    });
    this.otelOptions = otelOptions;
  }

  override configureWorker(options: WorkerOptions): WorkerOptions {
    return super.configureWorker(this.#withExporter(options));
  }

  override configureReplayWorker(options: ReplayWorkerOptions): ReplayWorkerOptions {
    return super.configureReplayWorker(this.#withExporter(options));
  }

  #withExporter<O extends Pick<WorkerOptions, 'sinks'>>(options: O): O {
    const { spanProcessor, resource } = this.otelOptions;
    return { ...options, sinks: { ...options.sinks, exporter: makeWorkflowExporter(spanProcessor, resource) } };
  }
}

/** The module for workers, beside this one. */
function workflowInterceptorsPath(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`workflow-interceptors.${extension}`, import.meta.url));
}
