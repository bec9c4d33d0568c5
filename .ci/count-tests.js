// Prints "PASSED FAILED" for a JSON report of vitest. A run that broke off without a failing test counts as one failure.
import { existsSync, readFileSync } from 'node:fs';

const [file, status] = process.argv.slice(2);
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 };
const broken = status !== '0' && report.numFailedTests === 0 ? 1 : 0;
console.log(`${report.numPassedTests} ${report.numFailedTests + broken}`);
