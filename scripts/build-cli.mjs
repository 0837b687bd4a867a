/**
 * build-cli - bundles the command line into dist/postbook.mjs, and makes `npx postbook` find it in this folder.
 *
 * No imports from node_modules, and a file beside it for each command, so that the command starts fast. npx
 * looks for a program in node_modules/.bin first; npm links the programs of packages there, but not a project's own, so this does.
 * Nothing is written outside of the project.
 */
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['lib/cli/postbook.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'postbook-[name]-[hash]',
  splitting: true,
  metafile: true,
  // Packages of the older kind ask for node: modules by require.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  conditions: ['react-server'],
  logLevel: 'warning',
})

for (const name of readdirSync(path.join(root, 'dist'))) {
  if (name.startsWith('postbook-') && !(`dist/${name}` in metafile.outputs))
    rmSync(path.join(root, 'dist', name))
}

const program = path.join(root, 'bin/postbook.mjs')
const link = path.join(root, 'node_modules/.bin/postbook')
chmodSync(program, 0o755)
mkdirSync(path.dirname(link), { recursive: true })
rmSync(link, { force: true })
symlinkSync(path.relative(path.dirname(link), program), link)
