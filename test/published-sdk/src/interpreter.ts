// Runs a program made of random steps: what the two SDKs must agree on, whatever workflow code does.
import {
  ApplicationFailure,
  CancellationScope,
  ContinueAsNew,
  Trigger,
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  deprecatePatch,
  executeChild,
  getExternalWorkflowHandle,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setDefaultSignalHandler,
  setHandler,
  sleep,
  startChild,
  upsertMemo,
  uuid4,
  workflowInfo,
  type ActivityCancellationType,
} from '@temporalio/workflow';

/** What a step does, and what it does it with; steps are within steps. */
export type Step = [kind: string, ...args: any[]];

interface Activities {
  work(ms: number, fails: string | null, value: unknown): Promise<unknown>;
}

export const command = defineSignal<[Step]>('command');
export const ask = defineUpdate<unknown, [Step, boolean]>('ask');
export const logLength = defineQuery<number>('logLength');

const retry = { initialInterval: '10ms', maximumAttempts: 2 } as const;
const withType = (type: ActivityCancellationType | null) => (type === null ? {} : { cancellationType: type });

function described(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { retryState, activityId } = error as { retryState?: unknown; activityId?: unknown };
  return [error.name, error.message, retryState ?? null, activityId ?? null, described(error.cause ?? null)];
}

class Interpreter {
  readonly log: unknown[] = [];
  readonly variables = new Map<string, number>();
  readonly scopes = new Map<string, CancellationScope>();
  steps = 0;

  async run([kind, ...args]: Step): Promise<unknown> {
    const id = ++this.steps;
    const does = this.kinds[kind];
    if (does === undefined) throw ApplicationFailure.nonRetryable(`unknown step ${kind}`);
    const result = await does(args, id);
    this.log.push([kind, id]);
    return result;
  }

  readonly all = (steps: Step[]): Promise<unknown>[] => steps.map((step) => this.run(step));

  within(scope: CancellationScope, step: Step, name: string | null = null): Promise<unknown> {
    if (name !== null) this.scopes.set(name, scope);
    return scope.run(() => this.run(step));
  }

  readonly kinds: Record<string, (args: any[], id: number) => Promise<unknown>> = {
    sleep: ([ms]) => sleep(ms),
    timeout: ([ms, cleared]) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        if (cleared) {
          clearTimeout(timer);
          resolve('cleared');
        }
      }),
    activity: ([ms, fails, value, type]) =>
      proxyActivities<Activities>({ startToCloseTimeout: '10s', retry, ...withType(type) }).work(ms, fails, value),
    local: ([ms, fails, value, type]) =>
      proxyLocalActivities<Activities>({ startToCloseTimeout: '5s', retry, ...withType(type) }).work(ms, fails, value),
    child: ([step]) => executeChild(interpret, { args: [step] }),
    childWithSignal: async ([step, signalled]) => {
      const handle = await startChild(interpret, { args: [step] });
      if (signalled) await handle.signal(command, signalled);
      return await handle.result();
    },
    inOrder: async ([steps]) => {
      let result;
      for (const step of steps) result = await this.run(step);
      return result;
    },
    all: ([steps]) => Promise.all(this.all(steps)),
    race: ([steps]) => Promise.race(this.all(steps)),
    allSettled: async ([steps]) => (await Promise.allSettled(this.all(steps))).map(({ status }) => status),
    scope: ([options, step, name]) => this.within(new CancellationScope(options), step, name),
    nonCancellable: ([step]) => CancellationScope.nonCancellable(() => this.run(step)),
    withTimeout: ([ms, step]) => CancellationScope.withTimeout(ms, () => this.run(step)),
    cancelled: async ([when, step]) => {
      const scope = new CancellationScope();
      if (when === 'before') scope.cancel();
      const result = this.within(scope, step);
      if (when === 'at once') scope.cancel();
      if (typeof when === 'number')
        void sleep(when).then(
          () => scope.cancel(),
          () => undefined,
        );
      return await result;
    },
    cancelNamed: async ([name]) => this.scopes.get(name)?.cancel(),
    cancelOwn: async () => CancellationScope.current().cancel(),
    condition: ([name, ms]) => condition(() => (this.variables.get(name) ?? 0) > 0, ms),
    set: async ([name, by]) => void this.variables.set(name, (this.variables.get(name) ?? 0) + by),
    attempt: async ([step, otherwise, last]) => {
      try {
        return await this.run(step);
      } catch (error) {
        this.log.push(['caught', described(error)]);
        return await this.run(otherwise);
      } finally {
        if (last) await this.run(last);
      }
    },
    fail: async ([message]) => {
      throw ApplicationFailure.nonRetryable(message, 'Thrown');
    },
    patched: ([name, step, otherwise]) => this.run(patched(name) ? step : otherwise),
    deprecate: async ([name]) => deprecatePatch(name),
    ticks: async ([count]) => {
      for (let tick = 0; tick < count; tick++) await null;
    },
    thenable: async () => await { then: (resolve: (value: number) => void) => resolve(1) },
    generator: async ([count, step]) => {
      const run = this.run.bind(this);
      async function* results() {
        for (let i = 0; i < count; i++) yield await run(step);
      }
      for await (const result of results()) this.log.push(['yielded', result ?? null]);
    },
    background: async ([step]) => {
      this.run(step).then(
        () => this.log.push('background done'),
        (error) => this.log.push(['background failed', described(error)]),
      );
    },
    memo: async ([name, value]) => upsertMemo({ [name]: value }),
    draw: async () => void [uuid4(), Math.random()],
    signalSelf: ([step]) => getExternalWorkflowHandle(workflowInfo().workflowId).signal(command, step),
    handle: async ([name, step]) =>
      setHandler(defineSignal(name), async () => {
        await this.run(step);
      }),
    trigger: async ([step]) => {
      const trigger = new Trigger<unknown>();
      this.run(step).then(
        (result) => trigger.resolve(result),
        (error) => trigger.reject(error),
      );
      return await trigger;
    },
    childMeanwhile: async ([step, meanwhile]) => {
      const handle = await startChild(interpret, { args: [step] });
      const result = handle.result();
      await this.run(meanwhile);
      return await result;
    },
    conditionOnPatch: ([patch, name, ms]) => condition(() => patched(patch) && (this.variables.get(name) ?? 0) > 0, ms),
    cancelSelf: () => getExternalWorkflowHandle(workflowInfo().workflowId).cancel(),
    continueAsNew: ([step]) => continueAsNew<typeof interpret>(step),
    handlersFinished: () => condition(allHandlersFinished),
  };
}

export async function interpret(program: Step): Promise<unknown> {
  const interpreter = new Interpreter();
  const { log } = interpreter;
  setHandler(command, async (step) => {
    log.push('signal');
    await interpreter.run(step).catch((error) => log.push(['signal failed', described(error)]));
  });
  setHandler(ask, async (step) => (await interpreter.run(step)) ?? null, {
    validator: (_step, isWelcome) => {
      if (!isWelcome) throw new Error('refused');
    },
  });
  setHandler(logLength, () => log.length);
  setDefaultSignalHandler((name) => void log.push(['default', name]));
  const result = await interpreter.run(program).catch((error: unknown) => {
    if (error instanceof ContinueAsNew) throw error;
    return described(error);
  });
  return [result ?? null, log];
}
