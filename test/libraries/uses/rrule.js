import * as rrule from 'rrule';

export async function use() {
  const { RRule } = rrule.default ?? rrule;
  return new RRule({ freq: RRule.WEEKLY, count: 3, dtstart: new Date(Date.UTC(2020, 0, 1)) })
    .all()
    .map((d) => d.toISOString());
}
