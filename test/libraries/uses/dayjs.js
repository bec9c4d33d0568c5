import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc.js';
import duration from 'dayjs/plugin/duration.js';

export async function use() {
  dayjs.extend(utc);
  dayjs.extend(duration);
  return [
    dayjs.utc('2020-01-31').add(1, 'month').format('YYYY-MM-DD'),
    dayjs.duration(90, 'minutes').hours(),
    dayjs('2020-01-01T00:00:00Z').toISOString(),
    dayjs().isValid(),
  ];
}
