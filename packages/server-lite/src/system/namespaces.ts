/** Who uses the server: one entry per namespace, in memory, written through to the records of the system. */
export interface Namespace {
  readonly id: string;
  readonly name: string;
  /** NamespaceState. */
  readonly state: number;
  readonly description: string;
  readonly ownerEmail: string;
  readonly data: Readonly<Record<string, string>>;
  readonly retentionMs: number;
}

export interface Namespaces {
  byName(name: string): Namespace | undefined;
  byId(id: string): Namespace | undefined;
  /** @throws ServiceError NOT_FOUND with NamespaceNotFoundFailure */
  requireName(name: string): Namespace;
  /** @throws ServiceError NOT_FOUND with NamespaceNotFoundFailure */
  requireId(id: string): Namespace;
  /** By name. */
  list(): readonly Namespace[];
}
