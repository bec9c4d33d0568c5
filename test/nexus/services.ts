import * as nexus from 'nexus-rpc';

export interface Order {
  id: string;
  cents: number;
}

export const shop = nexus.service('shop', {
  /** Answers at once. */
  price: nexus.operation<Order, number>(),
  /** Is done by a workflow. */
  pack: nexus.operation<Order, string>({ name: 'packOrder' }),
  /** Is done by a workflow that waits until it is cancelled. */
  waitForever: nexus.operation<string, string>(),
  /** Is done by a workflow, an activity or an update, as the input says. */
  delegate: nexus.operation<'workflow' | 'activity' | 'update' | 'sync', string>(),
  /** Fails as the input says. */
  fail: nexus.operation<string, void>(),
  /** Tells what the handler saw of its context. */
  look: nexus.operation<void, Record<string, unknown>>(),
  /** Sends a date, which JSON would not carry. */
  due: nexus.operation<Date, Date>({
    inputType: {
      transferTypeConverter: { toTransferType: (d) => d.getTime(), fromTransferType: (n) => new Date(n as number) },
    },
    outputType: {
      transferTypeConverter: { toTransferType: (d) => d.getTime(), fromTransferType: (n) => new Date(n as number) },
    },
  }),
});
