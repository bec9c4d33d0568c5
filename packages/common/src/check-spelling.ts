/**
 * Refuses options whose names are a slip of the pen away from one that there is: they would be ignored in silence. Other
 * names that nothing knows pass, since interceptors, plugins and code for other versions bring names of their own.
 *
 * @param where what the options are of, such as `WorkflowOptions`
 * @param known the options that there are
 * @throws TypeError that names the option and the one that was meant
 */
export function checkSpelling(where: string, options: object, known: Readonly<Record<string, true>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(known, name)) continue;
    const meant = meantBy(name, known);
    if (meant === undefined || (options as Record<string, unknown>)[meant] !== undefined) continue;
    throw new TypeError(`${where}.${name} is not known: did you mean ${meant}?`);
  }
}

/** The known name that is one slip away: other capitals, or a letter left out, added, changed or swapped with the next. */
export function meantBy(name: string, known: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(known).find((candidate) => isOneSlipAway(name.toLowerCase(), candidate.toLowerCase()));
}

function isOneSlipAway(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let before = 0;
  while (before < shorter && a[before] === b[before]) before++;
  let after = 0;
  while (after < shorter - before && a[a.length - 1 - after] === b[b.length - 1 - after]) after++;
  const restOfA = a.slice(before, a.length - after);
  const restOfB = b.slice(before, b.length - after);
  if (restOfA.length <= 1 && restOfB.length <= 1) return true;
  const [first, second] = restOfB;
  return restOfA.length === 2 && restOfB.length === 2 && restOfA === `${second}${first}`;
}
