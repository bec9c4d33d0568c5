import { Ajv } from 'ajv';

export async function use() {
  const ajv = new Ajv({ allErrors: true });
  const v = ajv.compile({
    type: 'object',
    properties: { a: { type: 'integer', minimum: 2 }, b: { type: 'string', pattern: '^x' } },
    required: ['a'],
  });
  return [v({ a: 3 }), v({ b: 'y' }), v.errors.map((e) => e.message)];
}
