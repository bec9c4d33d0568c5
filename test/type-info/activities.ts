import { setActivityOptions } from '@reprise/activity';
import { Money, moneyInAndOut } from './money.ts';

export async function double(money: Money): Promise<Money> {
  return money.plus(money);
}
setActivityOptions({ typeInfo: moneyInAndOut }, double);

export async function describe(money: unknown): Promise<string> {
  return money instanceof Money ? 'money' : String(money);
}
