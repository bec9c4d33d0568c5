import type { HistoryEvent } from './recorded-history.ts';

const LANGUAGES: Readonly<Record<string, string>> = {
  'temporal-dotnet': '.NET',
  'temporal-go': 'Go',
  'temporal-java': 'Java',
  'temporal-php': 'PHP',
  'temporal-python': 'Python',
  'temporal-ruby': 'Ruby',
  'temporal-rust': 'Rust',
};

/** The SDK of another language that worked on a run, as its workers say; undefined for all others, and for old ones. */
export function foreignSdk(events: readonly HistoryEvent[]): string | undefined {
  for (const { workflowTaskCompletedEventAttributes: completed } of events) {
    const { sdkName, sdkVersion } = completed?.sdkMetadata ?? {};
    const language = LANGUAGES[sdkName ?? ''];
    if (language !== undefined) return `the ${language} SDK (${[sdkName, sdkVersion].filter(Boolean).join(' ')})`;
  }
  return undefined;
}
