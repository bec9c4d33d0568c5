import { createRequire } from 'node:module';
import type * as GrpcModule from '@grpc/grpc-js';

type GrpcJs = typeof GrpcModule;

const require = createRequire(import.meta.url);
let loaded: GrpcJs | undefined;

/** gRPC, loaded when the first channel is made: it is most of what importing a client costs, and not every client has one. */
export function grpcJs(): GrpcJs {
  loaded ??= require('@grpc/grpc-js') as GrpcJs;
  return loaded;
}
