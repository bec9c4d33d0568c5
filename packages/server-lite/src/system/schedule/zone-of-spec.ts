import type { temporal } from '@reprise/proto';
import { compiledZone } from './compiled-zone.ts';
import { timeZone, type TimeZone } from './time-zone.ts';

type ScheduleSpec = temporal.api.schedule.v1.ScheduleSpec;

/** The zone that a schedule goes by: what it carries wins over what it names. Undefined when it is none. */
export function zoneOfSpec(spec: Pick<ScheduleSpec, 'timezoneName' | 'timezoneData'>): TimeZone | undefined {
  return spec.timezoneData?.length ? compiledZone(spec.timezoneData) : timeZone(spec.timezoneName ?? '');
}
