/** Tells the editor of a workflow task, and keeps the code of the workflow waiting until the editor has answered. */
import vm from 'node:vm';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import type { TaskNotice } from '../isolate/task-notices.ts';
import type { EditorThreadData } from './editor-thread.ts';

/** The editor stops this thread while it waits; debuggers step over code that is called like this, into that of the user. */
const WAITING = `return (startedEventId) => {
  Atomics.store(answered, 0, 0);
  port.postMessage(startedEventId);
  Atomics.wait(answered, 0, 0);
}`;

type MakeNotice = (port: MessagePort, answered: Int32Array) => TaskNotice;

export interface BlockingNotice {
  readonly notify: TaskNotice;
  /** What went wrong with the first notice that failed. */
  failure(): Error | undefined;
  close(): Promise<void>;
}

export function blockingNotice(baseUrl: string): BlockingNotice {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const data: EditorThreadData = { baseUrl, port: port2, answered };
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const thread = new Worker(new URL(`./editor-thread.${extension}`, import.meta.url), {
    workerData: data,
    transferList: [port2],
    // What the program is started with, such as the debugger, is not for this thread.
    execArgv: [],
  });
  const make = vm.compileFunction(WAITING, ['port', 'answered'], { filename: 'node:reprise:debugger' }) as MakeNotice;
  return {
    notify: make(port1, answered),
    failure() {
      const received = receiveMessageOnPort(port1);
      return received && new Error(`Failed to call runner back: ${String(received.message)}`);
    },
    async close() {
      port1.close();
      await thread.terminate();
    },
  };
}
