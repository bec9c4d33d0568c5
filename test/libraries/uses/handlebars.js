import Handlebars from 'handlebars';

export async function use() {
  return [
    Handlebars.compile('{{#each l}}<{{this}}>{{/each}}{{up n}}')(
      { l: [1, 2], n: 'x' },
      { helpers: { up: (s) => s.toUpperCase() } },
    ),
  ];
}
