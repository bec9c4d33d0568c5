/** What a customer wants. */
export interface Order {
  readonly orderId: string;
  readonly article: string;
  readonly quantity: number;
  readonly amountCents: number;
  readonly address: string;
}

/** What a customer gets. */
export interface Receipt {
  readonly orderId: string;
  readonly approvedBy: string;
  readonly paymentId: string;
  readonly trackingId: string;
  readonly address: string;
}

/** How far an order has come. */
export type OrderStatus =
  | 'reserving'
  | 'waiting for approval'
  | 'charging'
  | 'packing'
  | 'shipping'
  | 'shipped'
  | 'undoing'
  | 'undone';
