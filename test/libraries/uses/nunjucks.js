import nunjucks from 'nunjucks';

export async function use() {
  const environment = new nunjucks.Environment(null, { autoescape: true });
  return environment.renderString('{% for x in list %}{{ x | upper }}{% endfor %}', { list: ['a', '<b>'] });
}
