/**
 * How values of type `T` become payloads, where their class alone does not say it. On the way out the transfer type comes
 * first and the payload converter after it; on the way in it is the other way round.
 */
export interface TypeInfo<T = unknown, D = T> {
  /** Turns values into what a payload converter takes, such as an instance of a class into a plain object. */
  transferTypeConverter?: TransferTypeConverter<T, D>;
  /** Handed to the payload converter as it is, such as the name of a protobuf message. */
  payloadConverterHint?: ConverterHint<D>;
}

/** Both directions between a value of the application and one that payload converters take. */
export interface TransferTypeConverter<T, D = unknown> {
  fromTransferType(value: D): T;
  toTransferType(value: T): D;
}

declare const valueTypeBrand: unique symbol;

/** What one payload converter wants to know of a value. Extend it for a converter of your own. */
export interface ConverterHint<T = unknown> {
  /** Names the converter that the hint is for. */
  converter: string;
  [valueTypeBrand]?: T;
}

/** Of the arguments and the result of a workflow, activity, query or update. */
export interface PayloadTypeInfo {
  inputTypes?: readonly TypeInfo[];
  outputType?: TypeInfo;
}
