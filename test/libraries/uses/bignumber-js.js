import { BigNumber } from 'bignumber.js';

export async function use() {
  return [
    new BigNumber('0.1').plus('0.2').toString(),
    new BigNumber('1e30').div(7).toFixed(5),
    new BigNumber(1234567.891).toFormat(2),
  ];
}
