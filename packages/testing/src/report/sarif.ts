import type { Cause } from './cause.ts';
import type { ReplayReport } from './report.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** SARIF 2.1.0, for code scanning. */
export function renderSarif(report: ReplayReport): string {
  const codes = [...new Set(report.causes.map(({ finding }) => finding.code))];
  return JSON.stringify(
    {
      $schema: SCHEMA,
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'reprise replay', rules: codes.map((id) => ({ id })) } },
          results: [
            ...report.causes.map(result),
            ...report.problems.map(({ code, message }) => ({
              ruleId: code,
              level: 'error',
              message: { text: message },
            })),
          ],
        },
      ],
    },
    undefined,
    2,
  );
}

function result({ finding, count }: Cause): object {
  const { place, code, severity, title } = finding;
  return {
    ruleId: code,
    level: severity,
    message: { text: `${title} (${count} ${count === 1 ? 'history' : 'histories'})` },
    ...(place === undefined
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: place.file.replaceAll('\\', '/') },
                region: { startLine: place.line, startColumn: place.column },
              },
            },
          ],
        }),
  };
}
