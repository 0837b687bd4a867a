/**
 * by-hand - what a person would do with the tools of OpenLDAP instead of the panel: the floor under our figures.
 *
 * The same changes with ldapmodify(1), one after the other as it sends them, by the panel's own account: the time is
 * that of the directory, which brings each change to its disk. Fails by throwing what the tool said.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { formatChanges } from '@/lib/ldap/ldif-text'
import type { RunningDirectory } from './demo/demo-directory'
import { SERVICE_DN } from './demo/names'

/** Makes the changes; how many milliseconds that took. */
export async function changeByHand(
  { uri, settings }: Pick<RunningDirectory, 'uri' | 'settings'>,
  changes: readonly ChangeRecord[] | string,
): Promise<number> {
  const account = ['-x', '-H', uri, '-D', SERVICE_DN, '-w', settings['LDAP_BIND_PASSWORD'] ?? '']
  const start = performance.now()
  const tool = spawn('/usr/bin/ldapmodify', account, { stdio: ['pipe', 'ignore', 'pipe'] })
  let said = ''
  tool.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  tool.stdin.end(typeof changes === 'string' ? changes : formatChanges(changes))
  const [status] = (await once(tool, 'close')) as [number | null]
  if (status !== 0) throw new Error(said)
  return performance.now() - start
}

/** What takes these changes back, the last first: of what was not there before. */
export function backByHand(changes: readonly ChangeRecord[]): readonly ChangeRecord[] {
  return changes.toReversed().map((change): ChangeRecord => {
    if (change.type === 'add') return { type: 'delete', dn: change.dn }
    if (change.type !== 'modify') throw new TypeError(`There is no way back from ${change.type} by hand.`)
    const modifications = change.modifications.map(
      ({ attribute }) => ({ operation: 'replace', attribute, values: [] }) as const,
    )
    return { type: 'modify', dn: change.dn, modifications }
  })
}
