import { formatInTimeZone, fromZonedTime } from 'date-fns-tz';

export async function use() {
  return [
    formatInTimeZone(new Date(0), 'America/New_York', 'yyyy-MM-dd HH:mm'),
    fromZonedTime('2026-07-01 12:00', 'Europe/Berlin').toISOString(),
  ];
}
