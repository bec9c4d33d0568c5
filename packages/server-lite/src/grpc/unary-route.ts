import type { MethodDefinition } from '@reprise/proto';
import { ServiceError, StatusCode, unimplemented } from '../errors.ts';
import type { Call } from '../rpc/rpc.ts';
import type { Route } from './grpc-stream.ts';

/** A method that takes one message and answers with one. */
export function unaryRoute(method: MethodDefinition, handle: (request: object, call: Call) => Promise<object>): Route {
  return (call) => {
    let received: Buffer | undefined;
    return {
      message(bytes) {
        if (received) throw unimplemented(`Received a second request message for the method ${method.path}`);
        received = bytes;
      },
      end() {
        if (!received) throw unimplemented(`Received no request message for the method ${method.path}`);
        handle(decoded(method, received), call).then(
          (response) => {
            call.send(method.encodeResponse(response));
            call.succeed();
          },
          (error: unknown) => call.fail(error),
        );
      },
    };
  };
}

function decoded(method: MethodDefinition, bytes: Buffer): object {
  try {
    return method.decodeRequest(bytes);
  } catch (error) {
    throw new ServiceError(StatusCode.INTERNAL, 'Error deserializing request', undefined, { cause: error });
  }
}
