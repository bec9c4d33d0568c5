import slugify from 'slugify';

export async function use() {
  return [slugify('Hello Wörld!', { lower: true })];
}
