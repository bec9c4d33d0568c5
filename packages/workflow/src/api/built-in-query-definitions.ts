import type { QueryDefinition } from '@reprise/common';
import { ENHANCED_STACK_TRACE_QUERY, METADATA_QUERY, STACK_TRACE_QUERY } from '@reprise/common';
import { defineQuery } from './definitions.ts';

/** One place on a stack. */
export interface StackTraceFileLocation {
  file_path?: string;
  line?: number;
  column?: number;
  function_name?: string;
  /** True for code that is not the workflow author's. */
  internal_code: boolean;
}
/** Where one thing that the workflow waits for was asked for. */
export interface StackTrace {
  locations: StackTraceFileLocation[];
}
/** The SDK that a workflow runs on. */
export interface StackTraceSDKInfo {
  name: string;
  version: string;
}
/** A part of a source file. */
export interface StackTraceFileSlice {
  /** Lines before the part. */
  line_offset: number;
  content: string;
}
/** What the enhanced stack-trace query answers. */
export interface EnhancedStackTrace {
  sdk: StackTraceSDKInfo;
  stacks: StackTrace[];
  /** Source texts by file, when the worker shows them. */
  sources: Record<string, StackTraceFileSlice[]>;
}
/** What the metadata query answers: temporal.api.sdk.v1.WorkflowMetadata as JSON. */
export interface WorkflowMetadataJson {
  definition?: object;
  currentDetails?: string;
}

/** Asks where a workflow waits, as text. */
export const stackTraceQuery: QueryDefinition<string> = defineQuery<string>(STACK_TRACE_QUERY);
/** Asks where a workflow waits, with files and lines. */
export const enhancedStackTraceQuery: QueryDefinition<EnhancedStackTrace> =
  defineQuery<EnhancedStackTrace>(ENHANCED_STACK_TRACE_QUERY);
/** Asks which handlers a workflow has, and for its current details. */
export const workflowMetadataQuery: QueryDefinition<WorkflowMetadataJson> =
  defineQuery<WorkflowMetadataJson>(METADATA_QUERY);
