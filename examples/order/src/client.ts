import { Client, Connection } from '@reprise/client';
import { approve, changeAddress, order, status } from './workflows.ts';

const connection = await Connection.connect({ address: process.env['ORDER_SERVER'] ?? 'localhost:7233' });
const client = new Client({ connection });

const orderId = `order-${String(Date.now())}`;
const handle = await client.workflow.start(order, {
  taskQueue: 'orders',
  workflowId: orderId,
  args: [{ orderId, article: 'teapot', quantity: 2, amountCents: 4_800, address: '1 Mill Lane' }],
});
console.log('status:', await handle.query(status));
console.log('address before:', await handle.executeUpdate(changeAddress, { args: ['2 Harbour Street'] }));
await handle.signal(approve, 'Ada');
console.log(await handle.result());
await connection.close();
