/** The network side of the frontend: one grpc-js server, on one port. */
import type { status } from '@grpc/grpc-js';
import {
  Metadata,
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import {
  grpcServiceDefinition,
  HealthCheckResponseServingStatus,
  type MethodDefinition,
  type ServiceDescription,
} from '@reprise/proto';
import type { Frontend } from './frontend.ts';
import { reflectionServices } from './reflection.ts';
import type { Call } from './rpc.ts';
import { wireStatus } from './status.ts';

type UnaryCall = ServerUnaryCall<object, object>;

/** One for all: making an error takes longer than most of what a call does. */
const gone = new Error('the caller has gone away');

/** A call over gRPC. The abort signal is made when it is first asked for: most calls never look at it. */
class GrpcCall implements Call {
  readonly #call: UnaryCall;
  #signal: AbortSignal | undefined;
  #answered = false;
  #headers: Record<string, string> | undefined;

  constructor(call: UnaryCall) {
    this.#call = call;
  }

  get deadlineMs(): number | undefined {
    const deadline = this.#call.getDeadline();
    const deadlineMs = deadline instanceof Date ? deadline.getTime() : deadline;
    return Number.isFinite(deadlineMs) ? deadlineMs : undefined;
  }

  get signal(): AbortSignal {
    if (!this.#signal) {
      const controller = new AbortController();
      this.#signal = controller.signal;
      // grpc-js also says so of calls that have been answered, when their stream ends.
      const leave = (): void => {
        if (!this.#answered) controller.abort(gone);
      };
      if (this.#call.cancelled) leave();
      else this.#call.once('cancelled', leave);
    }
    return this.#signal;
  }

  answered(): void {
    this.#answered = true;
  }

  get headers(): Record<string, string> {
    if (!this.#headers) {
      this.#headers = {};
      for (const [name, value] of Object.entries(this.#call.metadata.getMap())) {
        if (typeof value === 'string') this.#headers[name] = value;
      }
    }
    return this.#headers;
  }
}

function errorOf(error: unknown): { code: status; details: string; metadata: Metadata } {
  const { code, message, details } = wireStatus(error);
  const metadata = new Metadata();
  if (details) metadata.set('grpc-status-details-bin', Buffer.from(details));
  return { code, details: message, metadata };
}

function implementation(service: ServiceDescription<object>, frontend: Frontend): UntypedServiceImplementation {
  const handlers: UntypedServiceImplementation = {};
  for (const [key, value] of Object.entries(service.methods)) {
    const method = value as MethodDefinition;
    const target = { service: method.service, method: key };
    handlers[method.name] = (call: UnaryCall, callback: sendUnaryData<object>): void => {
      const own = new GrpcCall(call);
      const answer: sendUnaryData<object> = (error, response) => {
        own.answered();
        callback(error, response);
      };
      frontend.call(target, call.request, own).then(
        (response) => answer(null, response),
        (error: unknown) => answer(errorOf(error)),
      );
    };
  }
  return handlers;
}

interface HealthWatch {
  readonly handler: (call: ServerWritableStream<object, object>) => void;
  /** Tells whoever watches that the server stops. */
  end(): void;
}

/** A stream that tells the state and stays open: what it tells does not change before the server stops. */
function watchHealth(frontend: Frontend, service: string): HealthWatch {
  const watchers = new Set<ServerWritableStream<object, object>>();
  const never = new AbortController().signal;
  return {
    handler(call) {
      const check = frontend.call({ service, method: 'check' }, call.request, {
        deadlineMs: undefined,
        signal: never,
        headers: {},
      });
      watchers.add(call);
      call.once('cancelled', () => watchers.delete(call));
      check.then(
        (response) => call.write(response),
        // A service that is not known may be some day, says the protocol: no error.
        () => call.write({ status: HealthCheckResponseServingStatus.SERVICE_UNKNOWN }),
      );
    },
    end() {
      for (const call of watchers) {
        call.write({ status: HealthCheckResponseServingStatus.NOT_SERVING });
        call.end();
      }
      watchers.clear();
    },
  };
}

function addReflection(server: Server, frontend: Frontend): void {
  const services = reflectionServices(frontend.services, (call) => {
    const headers = Object.fromEntries(
      Object.entries(call.metadata.getMap()).map(([name, value]) => [name, String(value)] as const),
    );
    try {
      frontend.authorize({ headers }, 'reflection');
    } catch (error) {
      throw Object.assign(new Error('not admitted'), errorOf(error));
    }
  });
  for (const { definition, implementation: own } of services) server.addService(definition, own);
}

export interface TlsOptions {
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** When given, clients must show a certificate that it has signed. */
  readonly clientCa?: Buffer | undefined;
}

export interface GrpcServerOptions {
  readonly frontend: Frontend;
  readonly services: readonly ServiceDescription<object>[];
  readonly healthService: ServiceDescription<object>;
  readonly ip: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly maxReceiveBytes: number;
  readonly tls?: TlsOptions | undefined;
}

export interface GrpcServer {
  readonly port: number;
  /** Waits for calls under way, then cuts those that are left after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** @throws Error with a `code` of the operating system when the address cannot be had */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
  const server = new Server({
    'grpc.max_receive_message_length': options.maxReceiveBytes,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': 100_000,
  });
  for (const service of options.services) {
    server.addService(grpcServiceDefinition(service), implementation(service, options.frontend));
  }
  const health = implementation(options.healthService, options.frontend);
  const watch = watchHealth(options.frontend, options.healthService.name);
  server.addService(grpcServiceDefinition(options.healthService), { ...health, Watch: watch.handler });
  addReflection(server, options.frontend);
  const host = options.ip.includes(':') ? `[${options.ip}]` : options.ip;
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${options.port}`, credentialsOf(options.tls), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const stop = async (graceMs: number): Promise<void> => {
    watch.end();
    await stopServer(server, graceMs);
  };
  return { port, stop };
}

function credentialsOf(tls: TlsOptions | undefined): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure();
  const pair = [{ cert_chain: tls.certificate, private_key: tls.key }];
  return ServerCredentials.createSsl(tls.clientCa ?? null, pair, tls.clientCa !== undefined);
}

function stopServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), graceMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
