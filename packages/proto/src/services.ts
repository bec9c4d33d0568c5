import { decodeMessage, encodeMessage } from './message-codec.ts';
import type {
  CloudServiceMethods,
  HealthMethods,
  OperatorServiceMethods,
  TestServiceMethods,
  WorkflowServiceMethods,
} from './generated/service-types.ts';
import { serviceTable } from './generated/tables.ts';
import type { MethodDefinition } from './transport.ts';

/** A service of the wire: its full name and its methods by camelCase name. */
export interface ServiceDescription<Methods> {
  readonly name: string;
  readonly methods: Methods;
}

/** Starts, signals, queries, polls and completes: what clients and workers talk to. */
export const WorkflowService = describeService<WorkflowServiceMethods>(
  'temporal.api.workflowservice.v1.WorkflowService',
);
/** Search attributes, namespaces and Nexus endpoints of a cluster. */
export const OperatorService = describeService<OperatorServiceMethods>(
  'temporal.api.operatorservice.v1.OperatorService',
);
/** The clock of a server with virtual time. */
export const TestService = describeService<TestServiceMethods>('temporal.api.testservice.v1.TestService');
/** Temporal Cloud's operations. */
export const CloudService = describeService<CloudServiceMethods>('temporal.api.cloud.cloudservice.v1.CloudService');
/** The standard gRPC health check. */
export const Health = describeService<HealthMethods>('grpc.health.v1.Health');

function describeService<Methods>(name: keyof typeof serviceTable): ServiceDescription<Methods> {
  let methods: Methods | undefined;
  return {
    name,
    get methods() {
      return (methods ??= describeMethods(name) as Methods);
    },
  };
}

function describeMethods(service: keyof typeof serviceTable): Record<string, MethodDefinition> {
  const methods = serviceTable[service].split(';').map((row) => describeMethod(service, row));
  return Object.fromEntries(
    methods.map((method) => [method.name.charAt(0).toLowerCase() + method.name.slice(1), method]),
  );
}

function describeMethod(service: string, row: string): MethodDefinition {
  const [name = '', requestType = '', responseType = '', stream] = row.split(' ');
  return {
    service,
    name,
    path: `/${service}/${name}`,
    requestType,
    responseType,
    ...(stream === undefined ? {} : { responseStream: true as const }),
    encodeRequest: (request) => encodeMessage(requestType, request),
    decodeRequest: (bytes) => decodeMessage(requestType, bytes),
    encodeResponse: (response) => encodeMessage(responseType, response),
    decodeResponse: (bytes) => decodeMessage(responseType, bytes),
  };
}
