import { DateTime, Duration, Interval, Settings } from 'luxon';

export async function use() {
  const d = DateTime.fromISO('2020-05-06T07:08:09', { zone: 'utc' });
  return [
    d.plus({ months: 1 }).toISO(),
    Duration.fromObject({ minutes: 90 }).shiftTo('hours').toObject(),
    d.setZone('Europe/Berlin').toFormat('HH:mm'),
    Interval.fromDateTimes(d, d.plus({ days: 2 })).length('hours'),
    Settings.defaultZone.name === 'x',
    d.toLocaleString(DateTime.DATE_FULL, { locale: 'de' }),
  ];
}
