/** Changes the options of connections. */
export interface ConnectionPlugin<Options = object> {
  readonly name: string;
  /** Given the options, returns those to use. */
  configureConnection?(options: Options): Options;
}

/** Changes the options of clients. */
export interface ClientPlugin<Options = object> {
  readonly name: string;
  /** Given the options, returns those to use. */
  configureClient?(options: Options): Options;
}
