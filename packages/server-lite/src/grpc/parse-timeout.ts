const unitMs: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 0.001,
  n: 0.000_001,
};

/** What `grpc-timeout` says, in ms; undefined when it says nothing that can be understood. */
export function parseTimeout(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d+)\s*([HMSmun])$/.exec(text) ?? [];
  const scale = unitMs[unit];
  return scale === undefined ? undefined : Math.ceil(Number(digits) * scale);
}
