import {
  of,
  from,
  firstValueFrom,
  lastValueFrom,
  interval,
  take,
  map,
  mergeMap,
  toArray,
  Subject,
  ReplaySubject,
  concat,
} from 'rxjs';

export async function use() {
  const s = new ReplaySubject(2);
  s.next(1);
  s.next(2);
  const out = [];
  s.subscribe((x) => out.push(x));
  return [
    out,
    await lastValueFrom(
      of(1, 2, 3).pipe(
        map((x) => x * 2),
        toArray(),
      ),
    ),
    await firstValueFrom(from(Promise.resolve(5))),
    await lastValueFrom(
      concat(of(1), of(2)).pipe(
        mergeMap((x) => Promise.resolve(x)),
        toArray(),
      ),
    ),
    typeof interval,
    typeof take,
    new Subject().closed,
  ];
}
