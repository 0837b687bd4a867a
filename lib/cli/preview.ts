/**
 * preview - `postbook preview FILE.ldif`: what a file of change records would do, without making it.
 *
 * Acts as the service account (change-file.ts). Exit status 0 when nothing blocks the change, 2 when a finding or
 * the directory's own refusal does, 1 for an error: then nothing can be said. Nothing is written.
 */
import 'server-only'
import { parseArgs } from 'node:util'
import { previewChanges } from '@/lib/changes/preview'
import type { Preview } from '@/lib/changes/preview-result'
import { loadEnvironmentFile } from '@/lib/environment-file'
import { inEnglish } from '@/lib/words/english'
import { commandLineAuthority, readChangeFile } from './change-file'
import type { Command, CommandOutput } from './command'
import { previewJson, previewText } from './preview-report'

const USAGE = `usage: postbook preview FILE.ldif [--json]

  FILE.ldif   LDIF change records (RFC 2849); - reads standard input
  --json      print one JSON object: checksum, rehearsal, lookups, addresses, findings

Shows what Postfix would answer after the changes, and writes nothing. Reads and judges as the account of
LDAP_BIND_DN. The exit status is 0 if the changes could be made, 2 if something blocks them, 1 for an error.
`

export const previewCommand: Command = {
  name: 'preview',
  summary: 'show what a file of LDIF changes would do',
  usage: USAGE,
  async run(parameters, input) {
    const question = parseQuestion(parameters)
    if (typeof question === 'string') return failure(question)
    loadEnvironmentFile()
    const changes = await readChangeFile(question.file, input)
    if (typeof changes === 'string') return failure(changes)
    const result = await previewChanges(commandLineAuthority(), changes, [])
    if (result.status === 'stale') return failure(`${result.dn} has changed meanwhile`)
    if (result.status !== 'previewed') return failure(inEnglish(result.message))
    const { preview } = result
    const stdout = question.json ? previewJson(preview) : previewText(preview)
    return { stdout, stderr: [], exitCode: isBlocked(preview) ? 2 : 0 }
  },
}

/** Whether the change cannot be committed, whatever is confirmed. */
export function isBlocked({ findings, rehearsal }: Preview): boolean {
  return rehearsal.status === 'refused' || findings.some(({ severity }) => severity === 'blocks')
}

function parseQuestion(
  parameters: readonly string[],
): { readonly file: string; readonly json: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: { json: { type: 'boolean' } },
    })
    const [file, another] = positionals
    if (file === undefined || another !== undefined) return 'give one FILE.ldif'
    return { file, json: values.json === true }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function failure(message: string): CommandOutput {
  return { stdout: '', stderr: [`fatal: preview: ${message}`], exitCode: 1 }
}
