import * as nexus from 'nexus-rpc';

export const quotes = nexus.service('quotes', {
  quote: nexus.operation<{ sku: string }, number>(),
  hold: nexus.operation<string, string>(),
});
