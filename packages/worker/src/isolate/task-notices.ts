/**
 * Tells the host of the workflow tasks of a replay that somebody steps through. It is told where the code of the user goes
 * on, so that a debugger that stops then stops in that code: inbound as the first interceptor, outbound as the last.
 */
import type { WorkflowInboundCallsInterceptor, WorkflowInterceptors } from '@reprise/workflow';

/** Hears the id of the event that started the task. */
export type TaskNotice = (startedEventId: number) => void;

interface InterceptorModule {
  interceptors(): WorkflowInterceptors;
}

/** Makes the interceptor modules that go before and after those of the user. Every task is told of once. */
export function taskNotices(
  notify: TaskNotice,
  startedEventId: () => number,
): { first: InterceptorModule; last: InterceptorModule } {
  let lastTold = -1;
  const tell = (): void => {
    const eventId = startedEventId();
    if (eventId <= lastTold) return;
    lastTold = eventId;
    notify(eventId);
  };
  return { first: { interceptors: () => inboundNotices(tell) }, last: { interceptors: () => outboundNotices(tell) } };
}

function inboundNotices(tell: () => void): WorkflowInterceptors {
  const first: WorkflowInboundCallsInterceptor = {
    execute(input, next) {
      tell();
      return next(input);
    },
    handleSignal(input, next) {
      tell();
      return next(input);
    },
    validateUpdate(input, next) {
      tell();
      next(input);
    },
    handleUpdate(input, next) {
      tell();
      return next(input);
    },
  };
  return { inbound: [first] };
}

/** Hears of a promise before whoever asked for it does, without a tick more for them. */
function outboundNotices(tell: () => void): WorkflowInterceptors {
  const before = <T>(settled: Promise<T>, watch: (value: T) => void = tell): Promise<T> => {
    settled.then(watch, tell);
    return settled;
  };
  return {
    outbound: [
      {
        scheduleActivity: (input, next) => before(next(input)),
        scheduleLocalActivity: (input, next) => before(next(input)),
        startTimer: (input, next) => before(next(input)),
        signalWorkflow: (input, next) => before(next(input)),
        startChildWorkflowExecution: (input, next) =>
          before(next(input), ([started, completed]) => {
            void before(started);
            void before(completed);
          }),
        startNexusOperation: (input, next) =>
          before(next(input), ({ result }) => {
            tell();
            void before(result);
          }),
      },
    ],
  };
}
