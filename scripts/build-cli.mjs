/**
 * build-cli - bundles the command line into dist/postbook.mjs, and makes `npx postbook` find it in this folder.
 *
 * One file without imports from node_modules, so that the command starts fast. npx looks for a program in
 * node_modules/.bin first; npm links the programs of packages there, but not a project's own, so this does.
 * Nothing is written outside of the project.
 */
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

await build({
  absWorkingDir: root,
  entryPoints: ['lib/cli/postbook.ts'],
  outfile: 'dist/postbook.mjs',
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  conditions: ['react-server'],
  logLevel: 'warning',
})

const program = path.join(root, 'bin/postbook.mjs')
const link = path.join(root, 'node_modules/.bin/postbook')
chmodSync(program, 0o755)
mkdirSync(path.dirname(link), { recursive: true })
rmSync(link, { force: true })
symlinkSync(path.relative(path.dirname(link), program), link)
