/**
 * The code of an earlier commit, to compare with: where it asked for what was recorded, and what has changed since.
 *
 * Owns a checkout and a replayer of its code, until `dispose`.
 */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';

import {
  type Finding,
  type HostedCode,
  type PayloadModules,
  openHostedReplayer,
  type Places,
  type RecordedHistory,
  type ReplayOptions,
  type ReplayVerdict,
  type SourcePlace,
} from '@reprise/testing/replay';

import { type Checkout, checkOut } from './checkout.ts';
import { git } from './git.ts';
import { type Hunk, hunkAt, parseHunks } from './hunks.ts';
import { RenamedFiles } from './renamed-files.ts';
import { UsageError } from '../command-line/usage-error.ts';

interface EarlierOptions extends ReplayOptions {
  readonly payloadModules: PayloadModules;
}

export class BaseCode {
  readonly #cwd: string;
  readonly #checkout: Checkout;
  readonly #code: HostedCode;
  readonly #renamed: RenamedFiles;
  readonly #hunks = new Map<string, Hunk[]>();

  private constructor(cwd: string, checkout: Checkout, { code, renamed }: { code: HostedCode; renamed: RenamedFiles }) {
    this.#cwd = cwd;
    this.#checkout = checkout;
    this.#code = code;
    this.#renamed = renamed;
  }

  /** @throws UsageError without such a commit, or when it has no such workflows, WorkflowBundleError when its code cannot be bundled */
  static open(ref: string, cwd: string, { payloadModules, ...options }: EarlierOptions): BaseCode {
    const checkout = checkOut(ref, cwd);
    try {
      const renamed = new RenamedFiles(checkout.commit, cwd);
      const workflowsPath = options.workflowsPath && pathAtBase(options.workflowsPath, { cwd, checkout, renamed });
      const earlier = { ...options, ...(workflowsPath ? { workflowsPath } : {}), cwd: checkout.cwd };
      return new BaseCode(cwd, checkout, { code: openHostedReplayer(earlier, payloadModules), renamed });
    } catch (error) {
      checkout.remove();
      throw error;
    }
  }

  /** The verdict, with what the earlier code says to its findings. */
  async explain(verdict: ReplayVerdict, history: RecordedHistory): Promise<ReplayVerdict> {
    if (verdict.status !== 'failed') return verdict;
    const places = await this.#code.replayer.placesOf(history);
    const findings = verdict.findings.map((finding) => this.#explained(finding, places));
    return { ...verdict, findings };
  }

  dispose(): void {
    this.#code.replayer.dispose();
    this.#checkout.remove();
  }

  #explained(finding: Finding, { fits, places }: Places): Finding {
    const { commit } = this.#checkout;
    if (!fits)
      return { ...finding, notes: [...finding.notes, `the code of ${commit} does not replay this history either`] };
    const was = finding.recorded === undefined ? undefined : places.get(finding.recorded.eventId);
    const cause = this.#cause(finding, was);
    return {
      ...finding,
      ...(finding.recorded === undefined || was === undefined
        ? {}
        : { recorded: { ...finding.recorded, place: was, commit, text: this.#lineOf(was) } }),
      notes: [...finding.notes, ...(cause === undefined ? [] : [cause])],
    };
  }

  #lineOf({ file, line }: SourcePlace): string {
    return this.#code.source.text(file)?.split('\n')[line - 1]?.trim() ?? '';
  }

  #cause(finding: Finding, was: SourcePlace | undefined): string | undefined {
    const isGone = finding.code === 'R1004' || finding.code === 'R1005';
    const at = isGone ? was : (finding.place ?? was);
    if (at === undefined) return undefined;
    const hunk = hunkAt(this.#hunksOf(at.file), at.line, at === was ? 'old' : 'new');
    if (hunk === undefined) return undefined;
    return `likely cause: ${at.file} ${hunk.header} since ${this.#checkout.commit}, ${this.#lastChange(at.file)}`;
  }

  #hunksOf(file: string): Hunk[] {
    let hunks = this.#hunks.get(file);
    if (hunks === undefined) {
      const names = this.#renamed.namesOf(file);
      const options = ['--unified=0', '--find-renames'];
      hunks = parseHunks(git(['diff', ...options, this.#checkout.commit, '--', ...names], this.#cwd));
      this.#hunks.set(file, hunks);
    }
    return hunks;
  }

  #lastChange(file: string): string {
    if (git(['status', '--porcelain', '--', file], this.#cwd).trim() !== '') return 'not committed yet';
    const log = git(['log', '-1', '--format=%h %s', `${this.#checkout.commit}..HEAD`, '--', file], this.#cwd).trim();
    return log === '' ? 'in no commit of this branch' : `last changed by ${log}`;
  }
}

interface EarlierCode {
  readonly cwd: string;
  readonly checkout: Checkout;
  readonly renamed: RenamedFiles;
}

/** Where the file, or the folder, was at the commit. */
function pathAtBase(path: string, { cwd, checkout, renamed }: EarlierCode): string {
  const name = renamed.oldName(relative(cwd, resolve(cwd, path)));
  if (existsSync(resolve(checkout.cwd, name))) return name;
  throw new UsageError(`--base: there is no '${name}' at ${checkout.commit}, and git knows of no file that became it`);
}
