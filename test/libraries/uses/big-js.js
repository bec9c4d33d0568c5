import Big from 'big.js';

export async function use() {
  return [new Big('0.1').plus('0.2').toString(), Big(10).div(3).toFixed(5), Big('1e400').gt(1)];
}
