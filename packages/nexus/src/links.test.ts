import { EventType } from '@reprise/proto';
import { describe, expect, it } from 'vitest';
import { fromNexusLink, linkTypes, toNexusLink } from './links.ts';

const started = EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED;
const ids = { namespace: 'a space', runId: 'run-1' };

describe('a link', () => {
  it.each([
    [
      { workflowEvent: { ...ids, workflowId: 'wf/1', eventRef: { eventId: 5, eventType: started } } },
      'temporal:///namespaces/a%20space/workflows/wf%2F1/run-1/history?referenceType=EventReference&eventID=5&eventType=WorkflowExecutionStarted',
      linkTypes.workflowEvent,
    ],
    [
      { workflowEvent: { ...ids, workflowId: 'wf', requestIdRef: { requestId: 'r', eventType: started } } },
      'temporal:///namespaces/a%20space/workflows/wf/run-1/history?referenceType=RequestIdReference&requestID=r&eventType=WorkflowExecutionStarted',
      linkTypes.workflowEvent,
    ],
    [
      { workflow: { ...ids, workflowId: 'wf', reason: 'query' } },
      'temporal:///namespaces/a%20space/workflows/wf/run-1?reason=query',
      linkTypes.workflow,
    ],
    [
      { activity: { ...ids, activityId: 'act' } },
      'temporal:///namespaces/a%20space/activities/act/run-1/details',
      linkTypes.activity,
    ],
    [
      { nexusOperation: { ...ids, operationId: 'op' } },
      'temporal:///namespaces/a%20space/nexus-operations/op/run-1/details',
      linkTypes.nexusOperation,
    ],
  ])('goes both ways: %#', (link, url, type) => {
    const nexus = toNexusLink(link);
    expect({ url: nexus.url.href, type: nexus.type }).toEqual({ url, type });
    expect(fromNexusLink(nexus)).toEqual(link);
  });

  it('reads event types as the wire writes them', () => {
    const url = new URL(
      'temporal:///namespaces/n/workflows/w/r/history?referenceType=EventReference&eventType=EVENT_TYPE_TIMER_FIRED',
    );
    expect(fromNexusLink({ url, type: linkTypes.workflowEvent }).workflowEvent?.eventRef?.eventType).toBe(
      EventType.EVENT_TYPE_TIMER_FIRED,
    );
  });

  it.each([
    ['https://example.com/namespaces/n/workflows/w/r/history', linkTypes.workflowEvent],
    ['temporal:///namespaces/n/workflows/w/r', linkTypes.workflowEvent],
    ['temporal:///namespaces/n/workflows/w/r/history?referenceType=EventReference', linkTypes.workflowEvent],
    [
      'temporal:///namespaces/n/workflows/w/r/history?referenceType=EventReference&eventType=Nope',
      linkTypes.workflowEvent,
    ],
    ['temporal:///namespaces/n/workflows/w/r/history?eventType=TimerFired', linkTypes.workflowEvent],
    ['temporal:///namespaces/n/workflows/w/r/history', linkTypes.workflow],
    ['temporal:///namespaces/n/activities/w/r/details', 'something.else'],
  ])('that is not one is refused: %s', (url, type) => {
    expect(() => fromNexusLink({ url: new URL(url), type })).toThrow(TypeError);
  });

  it('must name something', () => {
    expect(() => toNexusLink({})).toThrow(TypeError);
    expect(() => toNexusLink({ activity: { activityId: 'a' } })).toThrow('namespace');
  });
});
