import validator from 'validator';

export async function use() {
  return [
    validator.isEmail('a@b.co'),
    validator.isUUID('x'),
    validator.escape('<a>'),
    validator.isISO8601('2020-01-01'),
  ];
}
