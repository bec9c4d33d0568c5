/** What the outside world does for a subscription. */
export interface Billing {
  /** Takes the money; gives the number of the invoice. */
  charge(customer: string, cents: number): Promise<string>;
  remind(customer: string): Promise<void>;
}

export const billing: Billing = {
  charge: (customer, cents) => Promise.resolve(`invoice-${customer}-${cents}`),
  remind: () => Promise.resolve(),
};
