/** The network side of the frontend: gRPC on one port. */
import {
  Health,
  HealthCheckResponseServingStatus,
  type MethodDefinition,
  type ServiceDescription,
} from '@reprise/proto';
import type { CallReceiver, GrpcStream, Route } from '../grpc/grpc-stream.ts';
import { type ListeningOptions, listenForConnections } from '../grpc/listen-for-connections.ts';
import { unaryRoute } from '../grpc/unary-route.ts';
import type { Frontend } from './frontend.ts';
import { reflectionRoutes } from './reflection.ts';

export interface GrpcServerOptions extends Omit<ListeningOptions, 'routes'> {
  readonly frontend: Frontend;
  readonly services: readonly ServiceDescription<object>[];
}

export interface GrpcServer {
  readonly port: number;
  /** Waits for calls under way, then cuts those that are left after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** @throws Error with a `code` of the operating system when the address cannot be had */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
  const { frontend, services, ...listening } = options;
  const watch = watchHealth(frontend);
  const routes = new Map<string, Route>([
    ...[...services, Health].flatMap((service) => unaryRoutes(service, frontend)),
    [Health.methods.watch.path, watch.route],
    ...reflectionRoutes(frontend.services, frontend.authorize),
  ]);
  const server = await listenForConnections({ ...listening, routes });
  return {
    port: server.port,
    async stop(graceMs) {
      watch.end();
      await server.stop(graceMs);
    },
  };
}

function unaryRoutes(service: ServiceDescription<object>, frontend: Frontend): [path: string, route: Route][] {
  return Object.entries(service.methods)
    .map(([key, value]): [string, MethodDefinition] => [key, value as MethodDefinition])
    .filter(([, method]) => method.responseStream !== true)
    .map(([key, method]) => {
      const target = { service: method.service, method: key };
      return [method.path, unaryRoute(method, (request, call) => frontend.call(target, request, call))];
    });
}

interface HealthWatch {
  readonly route: Route;
  /** Tells whoever watches that the server stops. */
  end(): void;
}

/** A stream that tells the state and stays open: what it tells does not change before the server stops. */
function watchHealth(frontend: Frontend): HealthWatch {
  const { check, watch } = Health.methods;
  const watchers = new Set<GrpcStream>();
  const tell = (call: GrpcStream, status: HealthCheckResponseServingStatus): void =>
    call.send(watch.encodeResponse({ status }));
  const begin = async (call: GrpcStream, bytes: Buffer): Promise<void> => {
    watchers.add(call);
    call.signal.addEventListener('abort', () => watchers.delete(call));
    try {
      const answer = await frontend.call({ service: check.service, method: 'check' }, watch.decodeRequest(bytes), call);
      call.send(watch.encodeResponse(answer));
    } catch {
      // A service that is not known may be some day, says the protocol: no error.
      tell(call, HealthCheckResponseServingStatus.SERVICE_UNKNOWN);
    }
  };
  return {
    route: (call): CallReceiver => ({ message: (bytes) => void begin(call, bytes), end() {} }),
    end() {
      for (const call of watchers) {
        tell(call, HealthCheckResponseServingStatus.NOT_SERVING);
        call.succeed();
      }
      watchers.clear();
    },
  };
}
