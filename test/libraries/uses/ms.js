import ms from 'ms';

export async function use() {
  return [ms('2 days'), ms(60000), ms(2 * 3600000, { long: true })];
}
