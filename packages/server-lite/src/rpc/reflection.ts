/** gRPC reflection: tells tools such as grpcurl which services there are and what their messages look like. */
import type { ServerDuplexStream, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import {
  decodeReflectionRequest,
  type DescribedFile,
  describedFile,
  encodeReflectionResponse,
  fileWithSymbol,
  type ReflectionAnswer,
  type ReflectionRequest,
} from '@reprise/proto';
import { StatusCode } from '../errors.ts';

type ReflectionStream = ServerDuplexStream<ReflectionRequest, Uint8Array>;

/** Both names are in use, with the same messages. */
const serviceNames = ['grpc.reflection.v1.ServerReflection', 'grpc.reflection.v1alpha.ServerReflection'];

/**
 * @param served full names of the services to tell of
 * @param admit throws when the caller may not know
 */
export function reflectionServices(
  served: readonly string[],
  admit: (call: ReflectionStream) => void,
): { definition: ServiceDefinition; implementation: UntypedServiceImplementation }[] {
  const names = [...served, ...serviceNames].sort();
  return serviceNames.map((service) => ({
    definition: {
      ServerReflectionInfo: {
        path: `/${service}/ServerReflectionInfo`,
        requestStream: true,
        responseStream: true,
        requestSerialize: (request: ReflectionRequest) => Buffer.from(request.bytes),
        requestDeserialize: decodeReflectionRequest,
        responseSerialize: (response: Uint8Array) => Buffer.from(response),
        responseDeserialize: (bytes: Buffer) => bytes,
      },
    },
    implementation: {
      ServerReflectionInfo: (call: ReflectionStream) => {
        try {
          admit(call);
        } catch (error) {
          return void call.emit('error', error);
        }
        call.on('data', (request: ReflectionRequest) => {
          call.write(encodeReflectionResponse(request, answerTo(request, names)));
        });
        call.on('end', () => call.end());
      },
    },
  }));
}

export function answerTo(request: ReflectionRequest, serviceNames: readonly string[]): ReflectionAnswer {
  switch (request.kind) {
    case 'listServices':
      return { kind: 'services', names: serviceNames };
    case 'fileByName':
      return filesOf(describedFile(request.value), `file not found: ${request.value}`);
    case 'fileWithSymbol':
      return filesOf(fileWithSymbol(request.value), `symbol not found: ${request.value}`);
    case 'other':
      return { kind: 'error', code: StatusCode.UNIMPLEMENTED, text: 'there are no extensions' };
  }
}

/** The file comes with all that it needs, so that nobody has to ask for each. */
function filesOf(file: DescribedFile | undefined, otherwise: string): ReflectionAnswer {
  if (!file) return { kind: 'error', code: StatusCode.NOT_FOUND, text: otherwise };
  const found = new Map([[file.name, file]]);
  for (const { dependencies } of found.values()) {
    for (const name of dependencies) {
      const needed = describedFile(name);
      if (needed) found.set(name, needed);
    }
  }
  return { kind: 'files', files: [...found.values()].map(({ bytes }) => bytes) };
}
