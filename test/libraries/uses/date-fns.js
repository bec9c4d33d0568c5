import { addDays, formatISO, format, parseISO, differenceInHours, startOfMonth, intervalToDuration } from 'date-fns';

export async function use() {
  const d = parseISO('2020-02-28T10:00:00Z');
  return [
    addDays(d, 2).toISOString(),
    format(d, 'yyyy-MM-dd EEEE'),
    differenceInHours(addDays(d, 1), d),
    startOfMonth(d).toISOString(),
    intervalToDuration({ start: d, end: addDays(d, 40) }),
    formatISO(d),
  ];
}
