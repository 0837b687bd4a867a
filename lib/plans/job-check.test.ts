import { describe, expect, it } from 'vitest'
import { grantAuthority } from '@/lib/directory/authority'
import { inEnglish } from '@/lib/words/english'
import { type JobItem, openJob } from './job'
import { noteFindings } from './job-check'

const authority = grantAuthority({
  person: { dn: 'uid=mokafor,ou=Mail,dc=example,dc=net', name: 'Martha Okafor', mail: 'mokafor@domain1.net' },
  role: 'postmaster',
  domains: [],
})

function item(number: number, addresses: readonly string[]): JobItem {
  return { number, name: addresses[0] ?? '', state: 'valid', notes: [], changes: [], basis: [], addresses }
}

describe('noteFindings', () => {
  it('says at each row what a finding of many addresses says of those of the row', () => {
    const job = openJob(authority, { kind: 'bulk', title: 'Delete', phase: 'checking' })
    if (typeof job === 'string' || 'key' in job) throw new Error('There is no job.')
    job.items = [item(1, ['a@x.example', 'b@x.example']), item(2, ['c@x.example']), item(3, ['d@x.example'])]
    const addresses = ['a@x.example', 'B@x.example', 'c@x.example']
    const values = { count: 3, addresses: addresses.join(', ') }
    noteFindings(
      job,
      [0, 1, 2],
      [
        {
          code: 'address-becomes-undeliverable',
          severity: 'confirm',
          message: { key: 'findings.undeliverable', values },
          addresses,
        },
      ],
    )
    expect(job.items.map(({ notes }) => notes.map(inEnglish))).toEqual([
      ['Mail to 2 addresses will no longer arrive anywhere: a@x.example, B@x.example.'],
      ['Mail to c@x.example will no longer arrive anywhere.'],
      [],
    ])
  })
})
