const HEX = '0123456789abcdef';

/**
 * An id of so many hexadecimal digits. Each takes one number of the workflow's random stream, so that what the workflow
 * draws afterwards is what it drew when its history was recorded.
 */
export function randomId(digits: number): string {
  let id = '';
  for (let index = 0; index < digits; index++) id += HEX.charAt(Math.floor(Math.random() * HEX.length));
  return id;
}
