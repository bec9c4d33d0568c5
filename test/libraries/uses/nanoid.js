import { nanoid, customAlphabet } from 'nanoid';

export async function use() {
  return [nanoid().length, /^[ab]{5}$/.test(customAlphabet('ab', 5)())];
}
