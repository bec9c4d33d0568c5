import moment from 'moment';

export async function use() {
  return [
    moment.utc('2020-01-31').add(1, 'month').format('YYYY-MM-DD'),
    moment.duration(90, 'minutes').humanize(),
    moment.utc(0).format('LLLL'),
    moment().isValid(),
  ];
}
