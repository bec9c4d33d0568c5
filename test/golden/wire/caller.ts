/** One unary call by name, with proto3 JSON on both sides. */
import * as grpc from '@grpc/grpc-js';
import protobuf from './protobuf.ts';
import { decode, encode, root, typeNamed, type Json, type JsonObject } from './proto-json.ts';

export type Outcome =
  | { code: 'OK'; response: Json }
  | { code: string; message: string; details?: Json[] };

const SERVICES: Record<string, string> = {
  WorkflowService: 'temporal.api.workflowservice.v1.WorkflowService',
  OperatorService: 'temporal.api.operatorservice.v1.OperatorService',
  TestService: 'temporal.api.testservice.v1.TestService',
  Health: 'grpc.health.v1.Health',
};

export class Caller {
  readonly #client: grpc.Client;

  constructor(address: string) {
    this.#client = new grpc.Client(address, grpc.credentials.createInsecure(), {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
    });
  }

  /** Never rejects for an answer of the server: a status is an outcome too. */
  async call(name: string, request: Json, headers: Record<string, string>, deadlineMs: number): Promise<Outcome> {
    const method = methodNamed(name);
    const { path, requestType, responseType } = method;
    const metadata = new grpc.Metadata();
    for (const [key, value] of Object.entries(headers)) metadata.set(key, value);
    const bytes = encode(requestType, request);
    const deadline = Date.now() + deadlineMs;
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        (message: Buffer) => message,
        (message: Buffer) => message,
        bytes,
        metadata,
        { deadline },
        (error, response) => {
          try {
            resolve(error ? failure(error, Date.now() >= deadline - 100) : { code: 'OK', response: decode(responseType, response ?? Buffer.alloc(0)) });
          } catch (cause) {
            reject(cause);
          }
        },
      );
    });
  }

  close(): void {
    this.#client.close();
  }
}

function methodNamed(name: string): { path: string; requestType: protobuf.Type; responseType: protobuf.Type } {
  const [serviceName = '', methodName = ''] = name.split('.');
  const fullName = SERVICES[serviceName];
  const method = fullName === undefined ? undefined : root.lookupService(fullName).methods[methodName];
  if (!method) throw new Error(`no method ${name}`);
  method.resolve();
  return {
    path: `/${fullName}/${methodName}`,
    requestType: method.resolvedRequestType!,
    responseType: method.resolvedResponseType!,
  };
}

/** A call that ends at its deadline is told one way, whichever side noticed first. */
function failure(error: grpc.ServiceError, late: boolean): Outcome {
  if (late && (error.code === grpc.status.CANCELLED || error.code === grpc.status.DEADLINE_EXCEEDED)) {
    return { code: 'DEADLINE_EXCEEDED', message: 'Deadline exceeded' };
  }
  const code = grpc.status[error.code] ?? String(error.code);
  const [trailer] = error.metadata.get('grpc-status-details-bin');
  if (trailer === undefined) return { code, message: error.details };
  const status = decode(typeNamed('google.rpc.Status'), Buffer.from(trailer as Buffer)) as JsonObject;
  const details = status['details'] as Json[] | undefined;
  return { code, message: error.details, ...(details && { details }) };
}
