/** Where the service begins to count. */
const first = 2 ** 20;

/** Numbers of events over all runs: each is greater than those given before, and than the one that it must follow. */
export function countTaskIds(): (after: number) => number {
  let last = first;
  return (after) => {
    last = Math.max(last, after) + 1;
    return last;
  };
}
