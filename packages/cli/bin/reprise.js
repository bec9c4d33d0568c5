#!/usr/bin/env node
// Plain JavaScript that any Node understands, so that an old one gets a sentence instead of a stack.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(`reprise needs Node 24 or newer; this is Node ${process.versions.node} (${process.execPath}).`);
  process.exitCode = 2;
} else {
  // What was compiled once need not be compiled at every start.
  const { default: modules } = await import('node:module');
  modules.enableCompileCache?.();
  const { runProcess } = await import('../dist/run-process.js');
  await runProcess();
}
