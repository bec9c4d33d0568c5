/** `Temporal.Now`, where V8 has it (Node 26), tells workflow time in UTC. */
import { replace, type Sources } from './realm.ts';

interface TemporalInstant {
  toZonedDateTimeISO(timeZone: unknown): TemporalZoned;
}
interface TemporalZoned {
  toPlainDateTime(): unknown;
  toPlainDate(): unknown;
  toPlainTime(): unknown;
}
interface TemporalNamespace {
  Now: object;
  Instant: { fromEpochMilliseconds(ms: number): TemporalInstant };
}

export function tameTemporal(realm: object, { nowMs }: Sources, timeZone: string): void {
  const temporal = Reflect.get(realm, 'Temporal') as TemporalNamespace | undefined;
  if (temporal === undefined) return;
  const { Instant, Now } = temporal;
  const instant = () => Instant.fromEpochMilliseconds(nowMs());
  const zoned = (zone?: unknown) => instant().toZonedDateTimeISO(zone ?? timeZone);
  const methods: Record<string, (zone?: unknown) => unknown> = {
    instant,
    timeZoneId: () => timeZone,
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (zone) => zoned(zone).toPlainDateTime(),
    plainDateISO: (zone) => zoned(zone).toPlainDate(),
    plainTimeISO: (zone) => zoned(zone).toPlainTime(),
  };
  for (const [name, method] of Object.entries(methods)) replace(Now, name, method);
}
