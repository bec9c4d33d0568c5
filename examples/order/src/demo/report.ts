import type { ReplayVerdict } from '@reprise/testing';

/** What a person needs to know of a history that does not fit the code. */
export function report({ history, findings }: ReplayVerdict): string {
  return findings
    .map(({ code, title, recorded, place, help }) =>
      [
        `  ${String(history.workflowId)}: ${code} ${title}`,
        ...(recorded ? [`    recorded: event ${String(recorded.eventId)}, ${recorded.eventType}`] : []),
        ...(place ? [`    at ${place.file}:${String(place.line)}:${String(place.column)}`] : []),
        ...help.map((line) => `    ${line}`),
      ].join('\n'),
    )
    .join('\n');
}
