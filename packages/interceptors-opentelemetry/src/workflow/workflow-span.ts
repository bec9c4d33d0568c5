import { SpanStatusCode } from '@opentelemetry/api';
import type {
  Attributes,
  AttributeValue,
  Exception,
  HrTime,
  Link,
  Span,
  SpanContext,
  SpanKind,
  SpanStatus,
  TimeInput,
} from '@opentelemetry/api';
import type { SerializableEvent, SerializableLink, SerializableSpan } from '../serializable-span.ts';

const NANOS_PER_SECOND = 1_000_000_000;

/** What a span is from its start on. */
export interface SpanStart {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: SpanContext;
  readonly parentSpanId: string | undefined;
  readonly startTime: TimeInput | undefined;
  readonly attributes: Attributes;
  readonly links: readonly Link[];
  readonly library: { readonly name: string; readonly version?: string };
}

/** A span of workflow code, by the workflow's clock. */
export class WorkflowSpan implements Span {
  readonly #start: SpanStart;
  readonly #onEnd: (span: SerializableSpan) => void;
  readonly #startTime: HrTime;
  readonly #attributes: Attributes;
  readonly #links: SerializableLink[];
  readonly #events: SerializableEvent[] = [];
  #name: string;
  #status: SpanStatus = { code: SpanStatusCode.UNSET };
  #isEnded = false;

  constructor(start: SpanStart, onEnd: (span: SerializableSpan) => void) {
    this.#start = start;
    this.#onEnd = onEnd;
    this.#name = start.name;
    this.#startTime = hrTime(start.startTime);
    this.#attributes = { ...start.attributes };
    this.#links = [...start.links];
  }

  spanContext(): SpanContext {
    return this.#start.spanContext;
  }

  setAttribute(key: string, value: AttributeValue): this {
    if (!this.#isEnded) this.#attributes[key] = value;
    return this;
  }

  setAttributes(attributes: Attributes): this {
    if (!this.#isEnded) Object.assign(this.#attributes, attributes);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    if (this.#isEnded) return this;
    const hasTime = isTime(attributesOrTime);
    const attributes = hasTime ? undefined : attributesOrTime;
    const at = hrTime(hasTime ? attributesOrTime : time);
    this.#events.push({ name, time: at, ...(attributes !== undefined && { attributes }) });
    return this;
  }

  addLink(link: Link): this {
    return this.addLinks([link]);
  }

  addLinks(links: Link[]): this {
    if (!this.#isEnded) this.#links.push(...links);
    return this;
  }

  setStatus(status: SpanStatus): this {
    if (!this.#isEnded) this.#status = status;
    return this;
  }

  updateName(name: string): this {
    if (!this.#isEnded) this.#name = name;
    return this;
  }

  isRecording(): boolean {
    return !this.#isEnded;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const { code, name, message, stack } =
      typeof exception === 'string' ? { message: exception } : exceptionParts(exception);
    const type = code ?? name;
    const attributes = {
      ...(type !== undefined && { 'exception.type': String(type) }),
      ...(message !== undefined && { 'exception.message': message }),
      ...(stack !== undefined && { 'exception.stacktrace': stack }),
    };
    this.addEvent('exception', attributes, time);
  }

  end(endTime?: TimeInput): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#onEnd(this.#serialize(hrTime(endTime)));
  }

  #serialize(endTime: HrTime): SerializableSpan {
    const { kind, parentSpanId, library } = this.#start;
    const { traceState, ...ids } = this.#start.spanContext;
    return {
      name: this.#name,
      kind,
      spanContext: { ...ids, ...(traceState && { traceState: traceState.serialize() }) },
      ...(parentSpanId !== undefined && { parentSpanId }),
      startTime: this.#startTime,
      endTime,
      status: this.#status,
      attributes: this.#attributes,
      links: this.#links,
      events: this.#events,
      duration: durationOf(this.#startTime, endTime),
      ended: true,
      droppedAttributesCount: 0,
      droppedLinksCount: 0,
      droppedEventsCount: 0,
      instrumentationLibrary: library,
    };
  }
}

interface ExceptionParts {
  code?: string | number;
  name?: string;
  message?: string;
  stack?: string;
}

/** Code may throw anything; `null` has no parts. */
function exceptionParts(exception: Exception | null | undefined): ExceptionParts {
  return (exception ?? { message: String(exception) }) as ExceptionParts;
}

function isTime(value: Attributes | TimeInput | undefined): value is TimeInput {
  return typeof value === 'number' || value instanceof Date || Array.isArray(value);
}

/** Seconds and nanoseconds since the epoch; now by default. */
function hrTime(time: TimeInput | undefined): HrTime {
  if (Array.isArray(time)) return time;
  const ms = time === undefined ? Date.now() : Number(time);
  return [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];
}

function durationOf([startSeconds, startNanos]: HrTime, [endSeconds, endNanos]: HrTime): HrTime {
  const seconds = endSeconds - startSeconds;
  const nanos = endNanos - startNanos;
  return nanos < 0 ? [seconds - 1, nanos + NANOS_PER_SECOND] : [seconds, nanos];
}
