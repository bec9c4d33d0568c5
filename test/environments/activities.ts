export async function charge(id: string, amount: number): Promise<string> {
  return `paid ${amount} for ${id}`;
}

export async function ship(id: string): Promise<string> {
  return `parcel-${id}`;
}

export interface Activities {
  charge: typeof charge;
  ship: typeof ship;
}
