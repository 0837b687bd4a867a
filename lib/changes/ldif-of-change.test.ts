import { describe, expect, it } from 'vitest'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { ldifOfChanges } from './ldif-of-change'

const dn = 'uid=a,dc=c'

describe('ldifOfChanges', () => {
  it('prints change records', () => {
    const change: ChangeRecord = {
      type: 'modify',
      dn,
      modifications: [{ operation: 'add', attribute: 'mailAlias', values: ['x@b.c'] }],
    }
    expect(ldifOfChanges([change, { type: 'delete', dn }])).toBe(
      `dn: ${dn}\nchangetype: modify\nadd: mailAlias\nmailAlias: x@b.c\n-\n\ndn: ${dn}\nchangetype: delete\n\n`,
    )
  })
  it('never shows a password, however it is written', () => {
    const secret = 'correct horse'
    const modifications = [{ operation: 'replace', attribute: 'userPassword;x-y', values: [secret] }] as const
    const ldif = ldifOfChanges([
      { type: 'modify', dn, modifications },
      { type: 'add', dn, attributes: [{ description: 'USERPASSWORD', values: [secret] }] },
    ])
    expect(ldif).not.toContain(secret)
    expect(ldif).not.toContain(btoa(secret))
    expect(ldif).toContain('# userPassword;x-y is written and not shown')
  })
})
