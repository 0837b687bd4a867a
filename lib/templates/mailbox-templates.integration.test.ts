import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestDirectory, type TestDirectory } from '@/e2e/fixtures/directory'
import { type Authority, grantAuthority } from '@/lib/directory/authority'
import type { Entry } from '@/lib/ldap/entry'
import { findMailboxEntry } from '@/lib/lists/mailboxes'
import { personDn } from '@/scripts/demo/names'
import type { MailboxTemplate } from './mailbox-template'
import { keepTemplate, listTemplates, readTemplate, saveTemplate } from './mailbox-templates'

const NOW = new Date('2026-11-22T10:00:00Z')
const TWO_MONTHS_LATER = new Date('2027-01-22T10:00:00Z')

function staff(uid: string, role: Authority['role']): Authority {
  const person = { dn: personDn(uid), name: uid, mail: `${uid}@domain1.net` }
  return grantAuthority({ person, role, domains: ['domain1.net'] })
}

const postmaster = staff('mokafor', 'postmaster')
const administrator = staff('isorensen', 'domainAdministrator')

let directory: TestDirectory
let model: Entry
beforeAll(async () => {
  directory = await startTestDirectory()
  Object.assign(process.env, directory.settings)
  const found = await findMailboxEntry(postmaster, 'johndoe')
  if (found.status !== 'found') throw new Error(found.status)
  model = found.entry
})
afterAll(() => directory.stop())

async function names(who: Authority): Promise<readonly string[]> {
  const listed = await listTemplates(who)
  if (listed.status === 'failed') throw new Error(listed.diagnostic)
  return listed.templates.map(({ name }) => name)
}

async function kept(name: string): Promise<MailboxTemplate | null> {
  const read = await readTemplate(administrator, name)
  if (read !== null && 'status' in read) throw new Error(read.diagnostic)
  return read
}

describe('templates', () => {
  test('hold what colleagues have in common, and nothing of the person', async () => {
    expect(await saveTemplate(postmaster, ' Teachers (5, "all") ', model, NOW)).toBeNull()
    const template = await kept('Teachers (5, "all")')
    expect(template).toMatchObject({
      makerName: 'mokafor',
      form: { cn: '', sn: '', aliases: [] },
      defaults: { uid: '{localpart}' },
    })
    expect(JSON.stringify(template)).not.toMatch(/john|doe/i)
    expect(await names(administrator)).toContain('Teachers (5, "all")')
  })

  test('are removed and brought back, and do not overwrite each other', async () => {
    expect(await saveTemplate(postmaster, 'Staff', model, NOW)).toBeNull()
    expect(await saveTemplate(postmaster, 'STAFF', model, NOW)).toEqual({ key: 'templates.taken' })
    expect(await keepTemplate(postmaster, 'Staff', false, NOW)).toBeNull()
    expect(await names(postmaster)).not.toContain('Staff')
    expect(await kept('Staff')).toBeNull()
    expect(await keepTemplate(postmaster, 'Staff', true, NOW)).toBeNull()
    expect(await kept('Staff')).toMatchObject({ name: 'Staff' })
    expect(await keepTemplate(postmaster, 'Staff', false, NOW)).toBeNull()
    expect(await saveTemplate(postmaster, 'Staff', model, NOW)).toBeNull()
    expect(await names(postmaster)).toContain('Staff')
  })

  test('that were removed long ago are forgotten', async () => {
    expect(await saveTemplate(postmaster, 'Old', model, NOW)).toBeNull()
    expect(await keepTemplate(postmaster, 'Old', false, NOW)).toBeNull()
    expect(await saveTemplate(postmaster, 'New', model, TWO_MONTHS_LATER)).toBeNull()
    expect(await keepTemplate(postmaster, 'Old', true, TWO_MONTHS_LATER)).toEqual({ key: 'templates.gone' })
  })

  test('are saved and removed by postmasters alone, and under a name', async () => {
    const refused = { key: 'templates.forPostmasters' }
    expect(await saveTemplate(administrator, 'Mine', model, NOW)).toEqual(refused)
    expect(await keepTemplate(administrator, 'New', false, NOW)).toEqual(refused)
    expect(await names(administrator)).not.toContain('Mine')
    for (const name of ['  ', 'x'.repeat(65)])
      expect(await saveTemplate(postmaster, name, model, NOW)).toEqual({ key: 'templates.nameMissing' })
    expect(await keepTemplate(postmaster, 'Nobody', false, NOW)).toEqual({ key: 'templates.gone' })
  })
})
