#!/usr/bin/env node
// Plain JavaScript, so that an old Node gets a sentence instead of a syntax error.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(`reprise needs Node 24 or newer; this is Node ${process.versions.node} (${process.execPath}).`);
  process.exitCode = 1;
} else {
  await import('../dist/main.js');
}
