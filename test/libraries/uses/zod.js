import { z } from 'zod';

export async function use() {
  const S = z.object({
    id: z.string().min(1),
    n: z.number().int().optional(),
    t: z.enum(['a', 'b']).default('a'),
    d: z.coerce.date(),
  });
  return [
    S.parse({ id: 'x', d: '2020-01-01' }),
    S.safeParse({ id: '', d: 1 }).error?.issues.map((i) => i.path.join('.') + i.code),
    z.union([z.string(), z.array(z.number())]).parse([1]),
    await z
      .string()
      .transform(async (s) => s.length)
      .parseAsync('abc'),
  ];
}
