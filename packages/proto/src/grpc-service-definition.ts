import type { ServiceDescription } from './services.ts';
import type { MethodDefinition } from './transport.ts';

/** One method as grpc-js wants it on both sides. */
export interface GrpcMethodDefinition {
  path: string;
  requestStream: boolean;
  responseStream: boolean;
  requestSerialize(request: object): Buffer;
  requestDeserialize(bytes: Buffer): object;
  responseSerialize(response: object): Buffer;
  responseDeserialize(bytes: Buffer): object;
  originalName: string;
}

/**
 * A service in the shape that grpc-js takes for `new Server().addService(...)` and `makeGenericClientConstructor(...)`,
 * by PascalCase method name.
 *
 * @example server.addService(grpcServiceDefinition(WorkflowService), handlers)
 */
export function grpcServiceDefinition<Methods extends object>(
  service: ServiceDescription<Methods>,
): Record<string, GrpcMethodDefinition> {
  const definitions: Record<string, GrpcMethodDefinition> = {};
  for (const [key, value] of Object.entries(service.methods)) {
    const method = value as MethodDefinition;
    definitions[method.name] = {
      path: method.path,
      requestStream: false,
      responseStream: method.responseStream === true,
      requestSerialize: (request) => asBuffer(method.encodeRequest(request)),
      requestDeserialize: (bytes) => method.decodeRequest(bytes),
      responseSerialize: (response) => asBuffer(method.encodeResponse(response)),
      responseDeserialize: (bytes) => method.decodeResponse(bytes),
      originalName: key,
    };
  }
  return definitions;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
