/** Bytes of a certificate or key, or of a configuration: in a file, or here. What is read out of TOML or the environment has bytes. */
export type ConfigDataSource = { path: string } | { data: string | Uint8Array };

/** TLS as a profile describes it. */
export interface ClientConfigTLS {
  /** Plain text, even with an API key. */
  disabled?: boolean;
  /** Name to expect in the server's certificate. */
  serverName?: string;
  serverCACert?: ConfigDataSource;
  clientCert?: ConfigDataSource;
  clientKey?: ConfigDataSource;
  /** Cannot be honoured: a profile that sets it is refused when a client is made of it. */
  disableHostVerification?: boolean;
}

/** A remote codec, for user interfaces. */
export interface ClientConfigCodec {
  endpoint?: string;
  auth?: string;
}

/** How to reach one server. */
export interface ClientConfigProfile {
  address?: string;
  namespace?: string;
  apiKey?: string;
  tls?: ClientConfigTLS;
  codec?: ClientConfigCodec;
  /** Headers of every call. */
  grpcMeta?: Record<string, string>;
}

/** Profiles by name. */
export interface ClientConfig {
  profiles: Record<string, ClientConfigProfile>;
}
