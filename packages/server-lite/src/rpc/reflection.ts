/** gRPC reflection: tells tools such as grpcurl which services there are and what their messages look like. */
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
import type { Route } from '../grpc/grpc-stream.ts';
import type { Authorize } from './authorize.ts';

/** Both names are in use, with the same messages. */
const serviceNames = ['grpc.reflection.v1.ServerReflection', 'grpc.reflection.v1alpha.ServerReflection'];

/** @param served full names of the services to tell of */
export function reflectionRoutes(served: readonly string[], authorize: Authorize): [path: string, route: Route][] {
  const names = [...served, ...serviceNames].sort();
  const route: Route = (call) => {
    authorize(call, 'reflection');
    return {
      message(bytes) {
        const request = decodeReflectionRequest(bytes);
        call.send(encodeReflectionResponse(request, answerTo(request, names)));
      },
      end: () => call.succeed(),
    };
  };
  return serviceNames.map((service) => [`/${service}/ServerReflectionInfo`, route]);
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
