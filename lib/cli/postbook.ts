/**
 * postbook - the command line: finds the command, runs it, writes what it says and sets the exit status.
 *
 * Commands are thin, on the same lib as the panel. Settings come from the environment, from the file that
 * POSTBOOK_ENV_FILE names, or from .demo/env (lib/environment). A wrong setting is one line and exit status 1.
 */
import 'server-only'
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { decodeOctets } from '@/lib/ldap/octets'
import { ConfigurationProblem } from '@/lib/configuration-problem'
import type { Command, CommandOutput } from './command'

/** Each is loaded only when it is wanted: a lookup has no use for what a change needs. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['postmap', async () => (await import('./postmap')).postmapCommand],
  ['trace', async () => (await import('./trace')).traceCommand],
  ['preview', async () => (await import('./preview')).previewCommand],
  ['apply', async () => (await import('./apply')).applyCommand],
])

// Most runs are over before optimised code pays, and compiling it would take the core that a directory on the
// same machine needs; a long run still gets there.
setFlagsFromString('--interrupt-budget=2000000')
// For the same reason garbage is collected seldom, and without threads that compete with the directory.
setFlagsFromString('--semi-space-growth-factor=16')
setFlagsFromString('--no-parallel-scavenge')

const [, ...words] = programArguments()
const output = await run(words)
process.exitCode = output.exitCode
for (const line of output.stderr) process.stderr.write(`postbook: ${line}\n`)
// Whoever reads may close early (head); that is no error of ours.
process.stdout.on('error', () => process.exit())
process.stdout.write(output.stdout)

async function run([name, ...parameters]: readonly string[]): Promise<CommandOutput> {
  if (name === undefined) {
    return { stdout: '', stderr: [`fatal: there is no command\n${await usage()}`], exitCode: 1 }
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    return { stdout: await usage(), stderr: [], exitCode: 0 }
  }
  const load = COMMANDS.get(name)
  if (load === undefined) {
    return {
      stdout: '',
      stderr: [`fatal: there is no command ${name}; postbook --help lists them`],
      exitCode: 1,
    }
  }
  const command = await load()
  if (parameters[0] === '--help') return { stdout: command.usage, stderr: [], exitCode: 0 }
  try {
    return await command.run(parameters, standardInput)
  } catch (error) {
    if (!(error instanceof ConfigurationProblem)) throw error
    return { stdout: '', stderr: [`fatal: ${error.message}`], exitCode: 1 }
  }
}

async function usage(): Promise<string> {
  const commands = await Promise.all([...COMMANDS.values()].map((load) => load()))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`)
  return `usage: postbook COMMAND ...\n\n${lines.join('\n')}\n\npostbook COMMAND --help says more.\n`
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

/**
 * The program and its arguments with every octet. Node.js decodes arguments as UTF-8 and loses what is none;
 * then the kernel is asked, where it can be.
 */
function programArguments(): readonly string[] {
  const words = process.argv.slice(1)
  if (!words.some((word) => word.includes('\uFFFD'))) return words
  try {
    const octets = readFileSync('/proc/self/cmdline')
    const raw: string[] = []
    for (
      let start = 0, end = octets.indexOf(0);
      end !== -1;
      start = end + 1, end = octets.indexOf(0, start)
    ) {
      raw.push(decodeOctets(octets.subarray(start, end)))
    }
    return raw.slice(-words.length)
  } catch {
    return words
  }
}
