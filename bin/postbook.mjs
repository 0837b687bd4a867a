#!/usr/bin/env node
/**
 * postbook - starts the command line from its bundle.
 */
import { existsSync } from 'node:fs'

const bundle = new URL('../dist/postbook.mjs', import.meta.url)
if (existsSync(bundle)) await import(bundle.href)
else {
  console.error('postbook: fatal: the command is not built yet; run: npm run build:cli')
  process.exitCode = 1
}
