import { describe, expect, it } from 'vitest'
import { applyChange } from '@/lib/ldap/change-application'
import { defaultSchema } from '@/lib/ldap/default-schema'
import type { Entry } from '@/lib/ldap/entry'
import { EMPTY_FORM, readMailbox } from './mailbox'
import { addressProblems, planAddress } from './mailbox-address'
import { addressesToMove, planDeletion, planEnabled } from './mailbox-removal'
import { dnOfNewMailbox, newMailboxProblems, planNewMailbox, soundNewMailbox } from './new-mailbox'
import { formLike } from './new-mailbox-fields'

const schema = defaultSchema()
const BASE = 'ou=Mail,dc=example,dc=net'

function mailbox(uid: string, more: Readonly<Record<string, readonly string[]>> = {}): Entry {
  const attributes = {
    objectClass: ['inetOrgPerson', 'PostfixBookMailAccount'],
    uid: [uid],
    cn: [uid],
    sn: [uid],
    mail: [`${uid}@x.net`],
    ...more,
  }
  return {
    dn: `uid=${uid},${BASE}`,
    attributes: Object.entries(attributes).map(([description, values]) => ({ description, values })),
  }
}

describe('planAddress', () => {
  const ann = mailbox('ann', { mailAlias: ['new@x.net', 'a@x.net'] })
  const none = new Set<never>()

  it('keeps the old address as an alias, and takes the alias that becomes the address', () => {
    expect(planAddress(ann, { mail: 'new@x.net', keepOld: true, uid: 'ann' }, none)).toEqual([
      {
        type: 'modify',
        dn: ann.dn,
        modifications: [
          { operation: 'delete', attribute: 'mail', values: ['ann@x.net'] },
          { operation: 'add', attribute: 'mail', values: ['new@x.net'] },
          { operation: 'delete', attribute: 'mailAlias', values: ['new@x.net'] },
          { operation: 'add', attribute: 'mailAlias', values: ['ann@x.net'] },
        ],
      },
    ])
  })

  it('does not make an alias of an address that only changes its case', () => {
    const [record] = planAddress(ann, { mail: 'Ann@x.net', keepOld: true, uid: 'ann' }, none)
    expect(record).toMatchObject({ modifications: [{ attribute: 'mail' }, { attribute: 'mail' }] })
  })

  it('renames the entry only when a new user name was typed', () => {
    expect(planAddress(ann, { mail: 'ann@x.net', keepOld: true, uid: 'a+b' }, none)).toEqual([
      { type: 'modifyDn', dn: ann.dn, newRdn: 'uid=a\\+b', deleteOldRdn: true, newSuperior: null },
    ])
    expect(
      planAddress(ann, { mail: 'ann@x.net', keepOld: true, uid: 'b' }, new Set(['uid'] as const)),
    ).toEqual([])
    const typed = { mail: 'nothing', keepOld: true, uid: '' }
    expect(addressProblems(ann, typed).map(({ field }) => field)).toEqual(['mail', 'uid'])
  })
})

describe('planDeletion', () => {
  const ann = mailbox('ann', { mailAlias: ['a@x.net', 'B@x.net', 'ANN@x.net'] })
  it('gives the heir what it does not have, before the entry goes', () => {
    const ben = mailbox('ben', { mailAlias: ['b@x.net'] })
    expect(addressesToMove(ann)).toEqual(['ann@x.net', 'a@x.net', 'B@x.net'])
    expect(planDeletion(ann, ben)).toEqual([
      {
        type: 'modify',
        dn: ben.dn,
        modifications: [{ operation: 'add', attribute: 'mailAlias', values: ['ann@x.net', 'a@x.net'] }],
      },
      { type: 'delete', dn: ann.dn },
    ])
    expect(planDeletion(ann, null)).toEqual([{ type: 'delete', dn: ann.dn }])
  })
})

describe('planEnabled', () => {
  it('changes nothing that is so already, and disables what has no mailEnabled', () => {
    const ann = mailbox('ann')
    expect(planEnabled(ann, true)).toEqual([])
    const [change] = planEnabled(ann, false)
    if (change === undefined) throw new Error('nothing is planned')
    const applied = applyChange(change, ann, schema)
    if (applied.status !== 'applied' || applied.entry === null) throw new Error('not applied')
    expect(readMailbox(applied.entry).enabled).toBe(false)
    expect(planEnabled(applied.entry, true)).toMatchObject([
      {
        modifications: [
          { operation: 'delete', values: ['FALSE'] },
          { operation: 'add', values: ['TRUE'] },
        ],
      },
    ])
  })
})

describe('planNewMailbox', () => {
  const form = { ...EMPTY_FORM, cn: 'Jane Doe', sn: 'Doe', mailQuota: '1 GB', aliases: ['j@x.net'] }
  const typed = { uid: 'jane', mail: 'jane@x.net', parent: BASE, form }

  it('adds an entry that the schema takes', () => {
    const dn = dnOfNewMailbox(typed) ?? ''
    const change = planNewMailbox(dn, { ...typed, form: { ...form, mailForwardingAddress: ['j@y.net'] } })
    const applied = applyChange(change, null, schema)
    expect(applied).toMatchObject({ status: 'applied', entry: { dn: `uid=jane,${BASE}` } })
    expect(change).toMatchObject({
      attributes: expect.arrayContaining([{ description: 'mailQuota', values: ['1048576'] }]) as unknown,
    })
  })

  it('has nothing to preview without name and address, and leaves a faulty quota out', () => {
    const bare = { ...typed, mail: '' }
    expect(soundNewMailbox(bare, newMailboxProblems(bare))).toBeNull()
    const odd = { ...typed, form: { ...form, mailQuota: 'much' } }
    expect(soundNewMailbox(odd, newMailboxProblems(odd))?.form.mailQuota).toBe('')
    expect(newMailboxProblems({ ...typed, uid: 'a,b' })).toMatchObject([{ field: 'uid' }])
  })

  it('takes from a model what is not a person’s own', () => {
    const model = { ...form, ou: ['Sales'], telephoneNumber: ['1'] }
    expect(formLike(model)).toEqual({ ...EMPTY_FORM, ou: ['Sales'], mailQuota: '1 GB' })
  })
})
