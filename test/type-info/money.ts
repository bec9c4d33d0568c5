import type { TypeInfo } from '@reprise/common';

/** A value that JSON does not bring back. */
export class Money {
  readonly cents: number;
  constructor(cents: number) {
    this.cents = cents;
  }
  plus(other: Money): Money {
    return new Money(this.cents + other.cents);
  }
}

export const moneyType: TypeInfo<Money, string> = {
  transferTypeConverter: {
    toTransferType: ({ cents }) => `${cents} cents`,
    fromTransferType: (text) => new Money(Number.parseInt(text, 10)),
  },
};

/** One argument and a result, both money. */
export const moneyInAndOut = { inputTypes: [moneyType], outputType: moneyType };
