import { expect, test } from 'vitest';

import { grpcServiceDefinition } from './grpc-service-definition.ts';
import { Health, OperatorService, TestService, WorkflowService } from './services.ts';

test('every service has its methods', () => {
  const count = (service: { methods: object }): number => Object.keys(service.methods).length;
  expect([WorkflowService, OperatorService, TestService, Health].map(count)).toEqual([123, 12, 6, 2]);
});

test('a method encodes and decodes both ways', () => {
  const method = WorkflowService.methods.startWorkflowExecution;
  expect(method.path).toBe('/temporal.api.workflowservice.v1.WorkflowService/StartWorkflowExecution');
  const request = { namespace: 'default', workflowId: 'order-1' };
  expect(method.decodeRequest(method.encodeRequest(request))).toEqual(request);
  expect(method.decodeResponse(method.encodeResponse({ runId: 'r' }))).toEqual({ runId: 'r' });
});

test('grpc-js gets Buffers and knows which methods stream', () => {
  const definition = grpcServiceDefinition(Health);
  expect(Object.keys(definition)).toEqual(['Check', 'Watch']);
  expect(definition['Watch']?.responseStream).toBe(true);
  expect(Buffer.isBuffer(definition['Check']?.requestSerialize({ service: 'x' }))).toBe(true);
});
