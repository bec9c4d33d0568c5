import { CronExpressionParser } from 'cron-parser';

export async function use() {
  const c = CronExpressionParser.parse('0 */6 * * *', { currentDate: '2020-01-01T01:00:00Z', tz: 'UTC' });
  return [c.next().toISOString(), c.next().toISOString()];
}
