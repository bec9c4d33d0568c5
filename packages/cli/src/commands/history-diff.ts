import { CorpusError, readHistoryFile, type RecordedHistory, type Style, styleFor } from '@reprise/testing/replay';

import type { Command } from '../command-line/command.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { booleanOption } from '../command-line/parse-command-line.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { alignRows, type RowPair } from '../timeline/align-rows.ts';
import type { TimelineRow } from '../timeline/timeline-row.ts';
import { buildTimeline } from '../timeline/timeline.ts';

const NARROWEST = 24;

export const historyDiff: Command = {
  name: 'history diff',
  summary: 'Print two histories side by side',
  usage: 'FILE FILE [options]',
  description: 'Exit code 0: both did the same steps with the same outcomes; 1: they differ.',
  options: [{ name: 'changes', type: 'boolean', description: 'leave out rows that are equal' }],
  examples: ['reprise history diff histories/order-1.json histories/order-2.json'],
  run(line, terminal) {
    if (line.operands.length !== 2)
      throw new UsageError(`'history diff' takes two files, found ${line.operands.length}`);
    let left: RecordedHistory;
    let right: RecordedHistory;
    try {
      [left, right] = [read(line.operands[0], terminal), read(line.operands[1], terminal)];
    } catch (error) {
      if (!(error instanceof CorpusError)) throw error;
      terminal.err(`error[${error.code}]: ${error.message}`);
      return Promise.resolve(ExitCode.corpus);
    }
    const pairs = alignRows(buildTimeline(left.events).rows, buildTimeline(right.events).rows);
    const shown = booleanOption(line, 'changes') ? pairs.filter((pair) => !isEqual(pair)) : pairs;
    terminal.out(render(shown, [left, right], terminal));
    return Promise.resolve(pairs.every(isEqual) ? ExitCode.ok : ExitCode.divergence);
  },
};

function read(file: string | undefined, terminal: Terminal): RecordedHistory {
  for (const found of readHistoryFile(file ?? '', terminal.cwd)) {
    if (found.kind === 'history') return found.history;
    throw found.error;
  }
  throw new CorpusError('R3001', 'the archive is empty', { file });
}

function isEqual({ left, right }: RowPair): boolean {
  return left !== undefined && right !== undefined && text(left) === text(right);
}

function text(row: TimelineRow | undefined): string {
  return row === undefined ? '' : [row.what, row.detail, row.outcome ?? ''].filter((part) => part !== '').join('  ');
}

function render(
  pairs: readonly RowPair[],
  [left, right]: [RecordedHistory, RecordedHistory],
  terminal: Terminal,
): string {
  const style = styleFor(terminal.useColors);
  const width = Math.max(NARROWEST, Math.floor((terminal.columns - 3) / 2));
  const head = `${cut(title(left), width)} | ${title(right)}`;
  return [style.bold(head), ...pairs.map((pair) => renderPair(pair, { width, style }))].join('\n');
}

function title({ file, workflowType, workflowId }: RecordedHistory): string {
  return `${file ?? workflowId}  ${workflowType}`;
}

function renderPair(pair: RowPair, { width, style }: { width: number; style: Style }): string {
  const mark = isEqual(pair) ? '|' : pair.left === undefined ? '>' : pair.right === undefined ? '<' : '~';
  const line = `${cut(text(pair.left), width)} ${mark} ${cut(text(pair.right), width)}`.trimEnd();
  return mark === '|' ? line : style.yellow(line);
}

function cut(value: string, width: number): string {
  const line = value.replaceAll(/\s*\n\s*/g, ' ');
  return line.length <= width ? line.padEnd(width) : `${line.slice(0, width - 3)}...`;
}
