/** Addresses of servers and proxies, as libraries that extend the SDK take them apart. */

/** The parts of an address. */
export interface ProtoHostPort {
  scheme?: string | undefined;
  /** A name or an address, without brackets. */
  hostname: string;
  port?: number | undefined;
}

const ADDRESS =
  /^(?:(?<scheme>[a-z][a-z0-9]+):\/\/)?(?:\[(?<ipv6>[0-9a-fA-F.:]+)\]|(?<name>[^:/[\]]+))(?::(?<port>\d+))?$/;

/** The parts of `name`, `name:port`, `[v6 address]:port` or `scheme://name:port`; undefined for anything else. */
export function splitProtoHostPort(address: string): ProtoHostPort | undefined {
  const { scheme, ipv6, name, port } = ADDRESS.exec(address)?.groups ?? {};
  const hostname = ipv6 ?? name;
  return hostname === undefined ? undefined : { scheme, hostname, port: port === undefined ? undefined : Number(port) };
}

/** The address of these parts. */
export function joinProtoHostPort({ scheme, hostname, port }: ProtoHostPort): string {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${scheme === undefined ? '' : `${scheme}:`}${host}${port === undefined ? '' : `:${port}`}`;
}

/** The address of a server, with its port. @throws TypeError for one with a scheme, or that is none */
export function normalizeGrpcEndpointAddress(address: string, defaultPort: number): string {
  const parts = splitProtoHostPort(address);
  if (parts === undefined || parts.scheme !== undefined) {
    throw new TypeError(
      `Invalid address for Temporal gRPC endpoint: expected URI of the form 'hostname' or 'hostname:port'; got '${address}'`,
    );
  }
  return joinProtoHostPort({ ...parts, port: parts.port ?? defaultPort });
}

/** The parts of a proxy's address. @throws TypeError for one without a port, of another scheme than http, or that is none */
export function parseHttpConnectProxyAddress(address: string): ProtoHostPort {
  const invalid = (why: string): TypeError =>
    new TypeError(`Invalid address for HTTP CONNECT proxy: ${why}; got '${address}'`);
  const parts = splitProtoHostPort(address);
  if (parts === undefined) throw invalid("expected 'hostname:port' or '[ipv6 address]:port'");
  const { scheme = 'http', hostname, port } = parts;
  if (scheme !== 'http') throw invalid('scheme must be http');
  if (port === undefined) throw invalid('port is required');
  return { scheme, hostname, port };
}
