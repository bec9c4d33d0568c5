import { v4, v5, v7, validate, parse, stringify } from 'uuid';

export async function use() {
  const id = v4();
  return [validate(id), validate(v7()), v5('hello', v5.URL), stringify(parse('6ba7b810-9dad-11d1-80b4-00c04fd430c8'))];
}
