import 'reflect-metadata';

export async function use() {
  class Service {}
  const before = Reflect.getMetadata('role', Service) ?? 'none';
  Reflect.defineMetadata('role', 'admin', Service);
  return [before, Reflect.getMetadata('role', Service), Reflect.hasOwnMetadata('other', Service)];
}
