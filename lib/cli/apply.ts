/**
 * apply - `postbook apply FILE.ldif --checksum SHA256`: makes the changes that were previewed, or none.
 *
 * The preview is made anew; if its checksum is another one, nothing is written and the exit status is 3. Exit
 * status 0: written, and every lookup answers as previewed. 2: blocked, refused, or a finding waits for
 * --confirm. 1: an error, or answers that are not as previewed; the message says what the directory holds now.
 * Acts as the service account (change-file.ts).
 */
import 'server-only'
import { parseArgs } from 'node:util'
import { commitChanges } from '@/lib/changes/commit/commit'
import type { CommitResult } from '@/lib/changes/preview-result'
import { loadEnvironmentFile } from '@/lib/environment-file'
import { inEnglish } from '@/lib/words/english'
import { commandLineAuthority, readChangeFile } from './change-file'
import type { Command, CommandOutput } from './command'
import { answerText } from './preview-report'

const USAGE = `usage: postbook apply FILE.ldif --checksum SHA256 [--confirm CODE]...

  FILE.ldif           LDIF change records (RFC 2849); - reads standard input
  --checksum SHA256   what postbook preview printed for the same file
  --confirm CODE      say yes to a finding of severity confirm, for example
                      --confirm alias-taken; once for each code

Makes the changes if their preview is still the same, and asks the lookups again afterwards. The exit status is
0 if everything was written and answers as previewed, 2 if something blocks the changes or a finding is not
confirmed, 3 if the preview is not the same any more (nothing is written), 1 for an error.
`

interface Order {
  readonly file: string
  readonly checksum: string
  readonly confirmed: readonly string[]
}

export const applyCommand: Command = {
  name: 'apply',
  summary: 'make the changes of a previewed file',
  usage: USAGE,
  async run(parameters, input) {
    const order = parseOrder(parameters)
    if (typeof order === 'string') return said(1, `fatal: apply: ${order}`)
    loadEnvironmentFile()
    const changes = await readChangeFile(order.file, input)
    if (typeof changes === 'string') return said(1, `fatal: apply: ${changes}`)
    const { checksum, confirmed } = order
    return outputOf(await commitChanges(commandLineAuthority(), changes, [], { checksum, confirmed }), order)
  },
}

function parseOrder(parameters: readonly string[]): Order | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: { checksum: { type: 'string' }, confirm: { type: 'string', multiple: true } },
    })
    const [file, another] = positionals
    if (file === undefined || another !== undefined) return 'give one FILE.ldif'
    if (values.checksum === undefined) return 'give the --checksum that postbook preview printed'
    if (!/^[0-9a-f]{64}$/.test(values.checksum)) return '--checksum must be 64 hexadecimal digits'
    return { file, checksum: values.checksum, confirmed: values.confirm ?? [] }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function outputOf(result: CommitResult, { confirmed }: Order): CommandOutput {
  switch (result.status) {
    case 'asPreviewed':
      return {
        stdout: `Written; ${result.lookups.length} lookups answer as previewed.\n`,
        stderr: [],
        exitCode: 0,
      }
    case 'alarm':
      return said(
        1,
        'error: apply: written, but not every lookup answers as previewed:',
        ...result.broken.map(
          ({ lookup, now }) =>
            `error: ${lookup.map} ${lookup.key}: ${answerText(now)}, previewed ${answerText(lookup.after)}`,
        ),
      )
    case 'stale':
      return said(
        3,
        `fatal: apply: the preview is not the same any more, it is ${result.preview.checksum} now; nothing was written`,
      )
    case 'blocked':
    case 'notConfirmed': {
      const severity = result.status === 'blocked' ? 'blocks' : 'confirm'
      const findings = result.preview.findings.filter(
        (finding) => finding.severity === severity && !confirmed.includes(finding.code),
      )
      return said(
        2,
        `fatal: apply: ${result.status === 'blocked' ? 'blocked' : 'waits for --confirm'}; nothing was written`,
        ...findings.map(({ code, message }) => `fatal: ${code}: ${inEnglish(message)}`),
      )
    }
    case 'partial':
      return said(
        1,
        `error: apply: ${inEnglish(result.message)}`,
        ...result.written.map((dn) => `error: written: ${dn}`),
        ...result.notWritten.map((dn) => `error: not written: ${dn}`),
        ...result.unknown.map((dn) => `error: not known: ${dn}`),
      )
    case 'refused':
      return said(2, `fatal: apply: the directory refuses: ${inEnglish(result.message)}`)
    case 'forbidden':
    case 'unavailable':
      return said(1, `fatal: apply: ${inEnglish(result.message)}`)
  }
}

function said(exitCode: number, ...stderr: readonly string[]): CommandOutput {
  return { stdout: '', stderr, exitCode }
}
