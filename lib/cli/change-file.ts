/**
 * change-file - the LDIF file of `postbook preview` and `postbook apply`, and in whose name it is judged.
 *
 * The command line acts as the service account: whoever may read its password may do what it may. So its
 * authority is that of a postmaster, and the person is the bind DN. A file that cannot be read, is no LDIF, or
 * holds entries instead of changes is one sentence. Authority: RFC 2849.
 */
import 'server-only'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import { directoryEnvironment } from '@/lib/environment'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { parseLdif } from '@/lib/ldap/ldif'
import { decodeOctets } from '@/lib/ldap/octets'

/** The changes of a file, `-` for standard input; a sentence if it has none to give. */
export async function readChangeFile(
  file: string,
  input: () => Promise<Uint8Array>,
): Promise<readonly ChangeRecord[] | string> {
  const octets = file === '-' ? await input() : readOctets(file)
  if (typeof octets === 'string') return octets
  const parsed = parseLdif(decodeOctets(octets))
  if (parsed.status === 'invalid') return `${file}, line ${parsed.line}: ${parsed.message}`
  const changes: ChangeRecord[] = []
  for (const record of parsed.records) {
    if (record.type === 'content')
      return `${file}, line ${record.line}: an entry without changetype; changetype: add would add it`
    changes.push(record.change)
  }
  return changes.length === 0 ? `${file} has no change records` : changes
}

/** The service account as a postmaster. Throws a ConfigurationProblem. */
export function commandLineAuthority(): Authority {
  const { LDAP_BIND_DN: dn } = directoryEnvironment()
  const origin = { program: 'commandLine', host: hostname() } as const
  return grantAuthority({ person: { dn, name: dn, mail: '' }, role: 'postmaster', domains: [] }, origin)
}

function readOctets(file: string): Uint8Array | string {
  try {
    return readFileSync(file)
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}
