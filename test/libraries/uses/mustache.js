import Mustache from 'mustache';

export async function use() {
  return [Mustache.render('{{#l}}<{{.}}>{{/l}}{{n}}', { l: [1, 2], n: '&' })];
}
