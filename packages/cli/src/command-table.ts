import type { CommandEntry } from './command-line/command.ts';

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'server start-dev',
    summary: 'Run the server on this machine',
    load: async () => (await import('./commands/server-start-dev.ts')).serverStartDev,
  },
  {
    name: 'server check',
    summary: 'Check the database of a server',
    load: async () => (await import('./commands/server-check.ts')).serverCheck,
  },
  {
    name: 'server backup',
    summary: 'Copy the database of a server, also of one that runs',
    load: async () => (await import('./commands/server-backup.ts')).serverBackup,
  },
  {
    name: 'init',
    summary: 'Create a project that runs, with a test and a CI file',
    load: async () => (await import('./commands/init.ts')).init,
  },
  {
    name: 'dev',
    summary: 'Run server and worker, and swap the code on save',
    load: async () => (await import('./commands/dev.ts')).dev,
  },
  {
    name: 'replay',
    summary: 'Replay recorded histories against workflow code',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  {
    name: 'explain',
    summary: 'Say what a code of the replay report means',
    load: async () => (await import('./commands/explain.ts')).explain,
  },
  {
    name: 'history show',
    summary: 'Print a history as a timeline',
    load: async () => (await import('./commands/history-show.ts')).historyShow,
  },
  {
    name: 'history diff',
    summary: 'Print two histories side by side',
    load: async () => (await import('./commands/history-diff.ts')).historyDiff,
  },
  {
    name: 'bundle',
    summary: 'Bundle workflow code into one file',
    load: async () => (await import('./commands/bundle.ts')).bundle,
  },
  {
    name: 'doctor',
    summary: 'Check that everything Reprise needs is there',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    name: 'completion',
    summary: 'Print a completion script for a shell',
    load: async () => (await import('./commands/completion.ts')).completionOf(COMMANDS),
  },
];
