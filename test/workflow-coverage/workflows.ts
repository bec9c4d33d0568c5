export async function greet(name: string, politely: boolean): Promise<string> {
  const greeting = politely ? 'Good day' : 'Hi';
  return wrap(`${greeting}, ${name}`);
}

function wrap(text: string): string {
  return `${text}!`;
}

export function neverCalled(): number {
  return 1;
}
