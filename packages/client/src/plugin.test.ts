import { describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { Connection } from './connection.ts';

const plugin = {
  name: 'shop',
  configureConnection: <O extends object>(options: O): O => ({ ...options, metadata: { team: 'blue' } }),
  configureClient: <O extends object>(options: O): O => ({ ...options, namespace: 'shop' }),
};

describe('a plugin', () => {
  it('changes the options of the connection it is given to, and of the clients over it', () => {
    const connection = Connection.lazy({ plugins: [plugin] });
    expect(connection.options.metadata).toEqual({ team: 'blue' });
    const client = new Client({ connection, plugins: [plugin] });
    expect(client.options.namespace).toBe('shop');
    expect(client.schedule.options.namespace).toBe('shop');
    expect(client.options.plugins).toEqual([plugin]);
  });
});
