import hash from 'object-hash';

export async function use() {
  return [hash({ a: 1, b: [2, 3] }), hash('text', { algorithm: 'md5', encoding: 'base64' })];
}
