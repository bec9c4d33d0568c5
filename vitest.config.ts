import { defineConfig } from 'vitest/config';

const neverSearched = ['**/node_modules/**', '**/dist/**', 'test/golden/**', 'test/packed/projects/**'];

export default defineConfig({
  test: {
    watch: false,
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      {
        // Recorded scenarios are written for the published SDK, and run on this one.
        resolve: { alias: [{ find: /^@temporalio\//, replacement: '@reprise/' }] },
        test: {
          name: 'end-to-end',
          include: ['test/**/*.test.ts', 'examples/*/**/*.test.ts'],
          exclude: neverSearched,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        test: {
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: neverSearched,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'tidy',
          include: ['tools/**/*.test.ts'],
          exclude: neverSearched,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
