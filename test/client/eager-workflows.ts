export async function greeting(name: string): Promise<string> {
  return Promise.resolve(`Hello, ${name}!`);
}
