/**
 * bench-domain - tasks on whole domains: alias domain, rename and delete, previewed and committed.
 *
 * A private slapd with 100,000 generated mailboxes, one domain with 10,000 more and two with 500. The tasks are
 * previewed on the large one and committed on a small one, with the LDAP operations and round trips of the panel's
 * own account and how long the process was deaf at most. Beside them what a person does by hand: `postmap -q -` of
 * the same keys before and after, and on the other small domain ldapmodify of the same LDIF between the two. Aims:
 * 5 s for each preview and each commit; fails when one is missed, or a lookup was not as previewed.
 *
 * Needs slapd, ldap-utils, postfix and postfix-ldap. Arguments: mailboxes, those of the large and of a small domain.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commitChanges } from '@/lib/changes/commit/commit'
import { planAliasDomainEdit } from '@/lib/changes/domain-alias-edit'
import { planDomainRemoval } from '@/lib/changes/domain-removal-edit'
import { planDomainRename } from '@/lib/changes/domain-rename-edit'
import type { DomainTaskField } from '@/lib/changes/domain-task'
import type { PlannedEdit } from '@/lib/changes/edit'
import { previewChanges } from '@/lib/changes/preview'
import type { Preview } from '@/lib/changes/preview-result'
import { grantAuthority } from '@/lib/directory/authority'
import type { Domain } from '@/lib/entries/domain'
import { changeByHand } from './by-hand'
import { createDirectory, type RunningDirectory, startDirectory } from './demo/demo-directory'
import { DOMAINS_BASE, MAIL_BASE, personDn, SUFFIX } from './demo/names'
import { startLdapMeter } from './ldap-meter'
import { loadLdif } from './private-slapd'

const MOST_MILLISECONDS = 5_000
const [mailboxes = 100_000, inLarge = 10_000, inSmall = 500] = process.argv.slice(2).map(Number)

const postmaster = grantAuthority({
  person: { dn: personDn('mokafor'), name: 'Measurement', mail: 'mokafor@domain1.net' },
  role: 'postmaster',
  domains: [],
})

function* domainOf(name: string, count: number): Generator<string> {
  yield `dn: dc=${name}.example,${DOMAINS_BASE}\nobjectClass: dNSDomain\ndc: ${name}.example\n\n`
  for (let at = 0; at < count; at += 1) {
    yield (
      `dn: uid=${name}${at},${MAIL_BASE}\nobjectClass: inetOrgPerson\nobjectClass: PostfixBookMailAccount\n` +
      `uid: ${name}${at}\ncn: ${name} ${at}\nsn: ${at}\nmail: ${name}${at}@${name}.example\n` +
      (at % 3 === 0 ? `mailAlias: alias-of-${name}${at}@${name}.example\n\n` : '\n')
    )
  }
}

type Plan = (domain: string) => Promise<PlannedEdit<DomainTaskField, Domain>>

function planned(edit: { readonly status: string }): PlannedEdit<DomainTaskField, Domain> {
  if (edit.status !== 'planned') throw new Error(JSON.stringify(edit))
  return edit as PlannedEdit<DomainTaskField, Domain>
}

const TASKS: readonly (readonly [string, Plan])[] = [
  [
    'alias domain',
    async (name) => planned((await planAliasDomainEdit(postmaster, { name, to: `other-${name}` })).edit),
  ],
  [
    'rename, old addresses kept',
    async (name) =>
      planned(await planDomainRename(postmaster, { name, to: `new-${name}`, keep: 'all', typed: '' })),
  ],
  [
    'delete with everything',
    async (name) => planned(await planDomainRemoval(postmaster, { name, everything: true, typed: '' })),
  ],
]

interface Measured<Result> {
  readonly result: Result
  readonly milliseconds: number
}

const missed: string[] = []
let count = (): string => ''

/** Does some work, and prints how long it took, what it asked, and how long nobody else had a turn. */
async function measure<Result>(name: string, work: () => Promise<Result>): Promise<Measured<Result>> {
  count()
  const start = performance.now()
  let [deaf, last] = [0, start]
  const timer = setInterval(() => {
    deaf = Math.max(deaf, performance.now() - last - 10)
    last = performance.now()
  }, 10)
  const result = await work()
  const milliseconds = performance.now() - start
  deaf = Math.max(deaf, performance.now() - last - 10)
  clearInterval(timer)
  say(name, milliseconds, `${count()}; deaf ${deaf.toFixed(0)} ms at most`)
  if (milliseconds > MOST_MILLISECONDS) missed.push(`${name.trim()} took ${milliseconds.toFixed(0)} ms`)
  return { result, milliseconds }
}

function say(name: string, milliseconds: number, more: string): void {
  console.log(`  ${name.padEnd(34)} ${(milliseconds / 1000).toFixed(2).padStart(7)} s   ${more}`)
}

/** `postmap -q -` of all keys of each table. */
function askByHand({ postfix }: RunningDirectory, { lookups }: Preview): number {
  const keys = new Map<string, string[]>()
  for (const { map, key } of lookups) keys.set(map, [...(keys.get(map) ?? []), key])
  const start = performance.now()
  for (const [map, asked] of keys) {
    const { status, stderr } = spawnSync('/usr/sbin/postmap', ['-c', postfix, '-q', '-', map], {
      input: asked.join('\n'),
      maxBuffer: 2 ** 28,
    })
    if (status !== 0 && stderr.length > 0) throw new Error(stderr.toString())
  }
  return performance.now() - start
}

async function previewOf(plan: Plan, domain: string): Promise<Preview> {
  const { changes, basis } = await plan(domain)
  const result = await previewChanges(postmaster, changes, basis)
  if (result.status !== 'previewed') throw new Error(JSON.stringify(result))
  return result.preview
}

async function commitOf(plan: Plan, domain: string, { checksum, findings }: Preview): Promise<void> {
  const { changes, basis } = await plan(domain)
  const confirmed = findings.map(({ code }) => code)
  const result = await commitChanges(postmaster, changes, basis, { checksum, confirmed })
  if (result.status !== 'asPreviewed') throw new Error(JSON.stringify(result).slice(0, 2000))
}

async function measureTasks(directory: RunningDirectory): Promise<void> {
  for (const [task, plan] of TASKS) {
    const renamed = (name: string): string => (task.startsWith('delete') ? `new-${name}` : name)
    console.log(`${task}: ${inLarge} mailboxes previewed, ${inSmall} committed`)
    const large = await measure('preview', () => previewOf(plan, 'large.example'))
    const twice = askByHand(directory, large.result) * 2
    say('postmap -q - before and after', twice, `${2 * large.result.lookups.length} questions`)
    const small = await previewOf(plan, renamed('small.example'))
    await measure('commit', () => commitOf(plan, renamed('small.example'), small))
    const hand = await previewOf(plan, renamed('hand.example'))
    const asked = askByHand(directory, hand) * 2
    const modified = await changeByHand(directory, hand.ldif)
    say(
      'ldapmodify, and postmap -q - twice',
      asked + modified,
      `${(modified / 1000).toFixed(2)} s of it written`,
    )
  }
}

const folder = mkdtempSync(join(tmpdir(), 'postbook-bench-'))
try {
  await createDirectory(folder, mailboxes)
  for (const [name, size] of [
    ['large', inLarge],
    ['small', inSmall],
    ['hand', inSmall],
  ] as const)
    await loadLdif(folder, domainOf(name, size), { suffix: SUFFIX, quick: true })
  const directory = await startDirectory(folder)
  const port = new URL(directory.uri).port
  const meter = await startLdapMeter(Number(port))
  try {
    Object.assign(process.env, directory.settings, {
      LDAP_URL: directory.uri.replace(port, String(meter.port)),
    })
    count = () => {
      const { operations, roundTrips } = meter.take()
      return `${operations} operations in ${roundTrips} round trips`
    }
    await measureTasks(directory)
    for (const aim of missed) console.error(`Missed: ${aim}.`)
    process.exitCode = missed.length === 0 ? 0 : 1
  } finally {
    await meter.close()
    await directory.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
