import * as yup from 'yup';

export async function use() {
  const s = yup.object({ a: yup.number().required(), b: yup.string().matches(/x/) });
  return [
    await s.validate({ a: '3', b: 'x' }),
    await s.isValid({ b: 'y' }),
    await s.validate({}, { abortEarly: false }).catch((e) => e.errors),
  ];
}
