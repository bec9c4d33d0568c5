import type { ReplayReport } from './report.ts';

/** One test case for each history, as CI systems show them. */
export function renderJunit(report: ReplayReport): string {
  const { histories, problems, failed, durationMs } = report;
  const titles = new Map(report.causes.map(({ finding }) => [finding.code, finding.title]));
  const cases = histories.map(({ name, workflowType, status, codes, file }) => {
    const open = `  <testcase classname="${xml(workflowType)}" name="${xml(name)}"${file === undefined ? '' : ` file="${xml(file)}"`}`;
    if (status !== 'failed') return `${open}/>`;
    const [code = 'R1000'] = codes;
    const text = codes.map((each) => `${each}: ${titles.get(each as typeof code & 'R1000') ?? ''}`).join('\n');
    return `${open}>\n    <failure type="${code}" message="${xml(text.split('\n')[0] ?? '')}">${xml(text)}</failure>\n  </testcase>`;
  });
  const errors = problems.map(
    ({ code, file, message }) =>
      `  <testcase classname="corpus" name="${xml(file ?? 'corpus')}">\n    <error type="${code}" message="${xml(message)}"/>\n  </testcase>`,
  );
  const total = cases.length + errors.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="reprise replay" tests="${total}" failures="${failed}" errors="${errors.length}" time="${(durationMs / 1000).toFixed(3)}">`,
    ...cases,
    ...errors,
    '</testsuite>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xml(text: string): string {
  // Control characters have no place in XML, not even as entities.
  return text
    .replaceAll(/[&<>"]/g, (found) => ENTITIES[found] ?? found)
    .replaceAll(/[\u0000-\u0008\u000b-\u001f]/g, '');
}
