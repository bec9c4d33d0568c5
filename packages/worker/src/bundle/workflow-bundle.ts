/**
 * A bundle of workflow code: the script that isolates run, what the runtime needs to know of it, and the way back to the
 * user's source. Made by bundleWorkflowCode, or read from a file that was written from its `code`.
 */
import { hash } from 'node:crypto';
import { WorkflowBundleError } from './bundle-error.ts';
import { BUNDLE_FILENAME, CONTRACT_VERSION, type BundleEntries, type BundleHeader } from './contract.ts';
import { linkModules } from './link.ts';
import type { GraphModule } from './module-graph.ts';
import { indexMapText, type MappedModule } from './source-map-text.ts';
import { mapperOfModules, mapperOfText, type SourceMapper } from './source-mapper.ts';

const HEADER_OPEN = '/*! reprise-workflow-bundle ';
const HEADER_CLOSE = ' */';
/** Modules may carry such comments; the last one in a script names it. */
const NAME_COMMENT = `\n//# sourceURL=${BUNDLE_FILENAME}\n`;
const MAP_COMMENT = '\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

/** What one module adds to a bundle. */
export interface BundledModule {
  readonly file: string;
  readonly packageName: string | undefined;
  readonly bytes: number;
}

export class WorkflowBundle {
  /** What isolates run: header and linked modules, without a source map. */
  readonly script: string;
  /** Names this version of the workflow code: the hash of the script. */
  readonly buildId: string;
  readonly entries: BundleEntries;
  readonly mapper: SourceMapper;
  /** Empty for a bundle that was read from a file. */
  readonly modules: readonly BundledModule[];
  readonly #readMap: () => string | undefined;

  private constructor(parts: {
    script: string;
    header: BundleHeader;
    mapper: SourceMapper;
    modules: readonly BundledModule[];
    readMap: () => string | undefined;
  }) {
    this.script = parts.script;
    this.buildId = parts.header.buildId;
    this.entries = parts.header.entries;
    this.mapper = parts.mapper;
    this.modules = parts.modules;
    this.#readMap = parts.readMap;
  }

  /** The whole bundle as text, source map included: write it to a file and give its path to Worker.create. */
  get code(): string {
    const map = this.#readMap();
    return map === undefined ? this.script : `${this.script}${MAP_COMMENT}${Buffer.from(map).toString('base64')}\n`;
  }

  /** The source map (an index map), as JSON text. */
  get sourceMap(): string {
    return this.#readMap() ?? JSON.stringify({ version: 3, sources: [], names: [], mappings: '' });
  }

  static ofModules(
    modules: readonly GraphModule[],
    entries: BundleEntries,
    shared: readonly number[] = [],
  ): WorkflowBundle {
    const linked = linkModules(modules, { entries: entryIds(entries), shared });
    const buildId = hash('sha256', JSON.stringify(entries) + linked.code);
    const header: BundleHeader = { contractVersion: CONTRACT_VERSION, buildId, entries };
    const script = `${HEADER_OPEN}${JSON.stringify(header)}${HEADER_CLOSE}\n${linked.code}${NAME_COMMENT}`;
    const mapped = modules.map(({ resolved, source, compiled }, id): MappedModule => ({
      file: resolved.file,
      source,
      compiled,
      edits: linked.moduleEdits[id] ?? [],
      line: (linked.moduleLines[id] ?? 0) + 1,
    }));
    let mapText: string | undefined;
    return new WorkflowBundle({
      script,
      header,
      mapper: mapperOfModules(mapped),
      modules: modules.map(({ resolved, compiled }) => ({
        file: resolved.file,
        packageName: resolved.packageName,
        bytes: compiled.code.length,
      })),
      readMap: () => (mapText ??= indexMapText(mapped)),
    });
  }

  /** Reads the text of a bundle. Throws a WorkflowBundleError if it is none, or one for another version of this SDK. */
  static parse(text: string, from = 'The workflow bundle'): WorkflowBundle {
    const end = text.startsWith(HEADER_OPEN) ? text.indexOf(`${HEADER_CLOSE}\n`) : -1;
    if (end === -1) throw new WorkflowBundleError(`${from} is not a bundle made by bundleWorkflowCode of this SDK.`);
    const header = JSON.parse(text.slice(HEADER_OPEN.length, end)) as BundleHeader;
    if (header.contractVersion !== CONTRACT_VERSION) {
      throw new WorkflowBundleError(
        `${from} was made for version ${header.contractVersion} of the workflow runtime, this worker has ${CONTRACT_VERSION}. Bundle again with the version of the SDK that runs it.`,
      );
    }
    if (!text.includes(NAME_COMMENT.trimEnd(), end))
      throw new WorkflowBundleError(`${from} is cut off: its end is missing. Make it again with bundleWorkflowCode.`);
    const at = text.lastIndexOf(MAP_COMMENT);
    const readMap = () =>
      at === -1 ? undefined : Buffer.from(text.slice(at + MAP_COMMENT.length).trim(), 'base64').toString();
    return new WorkflowBundle({
      script: at === -1 ? text : text.slice(0, at),
      header,
      mapper: mapperOfText(readMap),
      modules: [],
      readMap,
    });
  }
}

function entryIds({ workflows, interceptors, payloadConverter, failureConverter }: BundleEntries): number[] {
  return [workflows, ...interceptors, payloadConverter, failureConverter].filter((id) => id !== undefined);
}
