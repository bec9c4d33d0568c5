import { Decimal } from 'decimal.js';

export async function use() {
  return [new Decimal('0.1').plus('0.2').toString(), Decimal.sqrt(2).toFixed(20), new Decimal(2).pow(100).toString()];
}
