import Joi from 'joi';

export async function use() {
  const s = Joi.object({ a: Joi.number().integer().required(), b: Joi.string().email({ tlds: false }) });
  return [s.validate({ a: '3' }).value, s.validate({ b: 'x' }, { abortEarly: false }).error.details.map((d) => d.type)];
}
