/**
 * bench-preview - how long a preview takes at the server, beside asking the same questions by `postmap -q`.
 *
 * A private slapd with 100,000 generated mailboxes and one domain with 10,000 more. Measured warm, each several
 * times: the preview of one alias that is added (aim: 25 ms, and 5 times faster than one `postmap -q` for each
 * question, before and after), and the preview of a catch-all for the large domain, which diverts all of its
 * mailboxes (aim: 2 s). Prints least, middle and greatest time; fails when an aim is missed.
 *
 * Needs slapd, postfix and postfix-ldap. Arguments: mailboxes, mailboxes of the large domain, runs.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { previewChanges } from '@/lib/changes/preview'
import type { Preview } from '@/lib/changes/preview-result'
import { grantAuthority } from '@/lib/directory/authority'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import { resolveAddress } from '@/lib/postfix/resolution'
import { openSite } from '@/lib/site/mail-site'
import { createDirectory, startDirectory } from './demo/demo-directory'
import { generatedMailboxes } from './demo/generated-mailboxes'
import { DOMAINS_BASE, MAIL_BASE, personDn, SUFFIX } from './demo/names'
import { loadLdif } from './private-slapd'

const LARGE_DOMAIN = 'large-domain.example'
const MOST_MILLISECONDS = { alias: 25, catchAll: 2_000 }
const LEAST_RATIO = 5
const [mailboxes = 100_000, inLargeDomain = 10_000, runs = 15] = process.argv.slice(2).map(Number)

const postmaster = grantAuthority({
  person: { dn: personDn('mokafor'), name: 'Measurement', mail: 'mokafor@domain1.net' },
  role: 'postmaster',
  domains: [],
})

function* largeDomain(): Generator<string> {
  yield `dn: dc=${LARGE_DOMAIN},${DOMAINS_BASE}\nobjectClass: dNSDomain\ndc: ${LARGE_DOMAIN}\n\n`
  for (let at = 0; at < inLargeDomain; at += 1) {
    yield (
      `dn: uid=large${at},${MAIL_BASE}\nobjectClass: inetOrgPerson\nobjectClass: PostfixBookMailAccount\n` +
      `uid: large${at}\ncn: Large ${at}\nsn: ${at}\nmail: large${at}@${LARGE_DOMAIN}\n\n`
    )
  }
}

function addAlias(uid: string, alias: string): ChangeRecord {
  const modifications = [{ operation: 'add', attribute: 'mailAlias', values: [alias] }] as const
  return { type: 'modify', dn: personDn(uid), modifications }
}

async function preview(change: ChangeRecord): Promise<{ preview: Preview; milliseconds: number }> {
  const start = performance.now()
  const result = await previewChanges(postmaster, [change], [])
  const milliseconds = performance.now() - start
  if (result.status !== 'previewed') throw new Error(JSON.stringify(result))
  return { preview: result.preview, milliseconds }
}

/** Least, middle and greatest. */
function spread(times: readonly number[]): { readonly text: string; readonly median: number } {
  const sorted = [...times].sort((one, other) => one - other)
  const [least = 0] = sorted
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  const text = [least, median, sorted.at(-1) ?? 0].map((time) => time.toFixed(1)).join(' / ')
  return { text: `${text} ms`, median }
}

/** Every table and key that rows and traces of this preview ask, each once. */
async function questionsOf({ lookups, addresses }: Preview): Promise<readonly (readonly [string, string])[]> {
  const opened = openSite()
  if (opened.status === 'failed') throw new Error(opened.message)
  const asked = new Map(lookups.map(({ map, key }) => [`${map} ${key}`, [map, key] as const]))
  for (const { address } of addresses) {
    const { steps } = await resolveAddress(opened.site, address)
    for (const step of steps)
      if (step.type === 'lookup') asked.set(`${step.table} ${step.key}`, [step.table, step.key])
  }
  return [...asked.values()]
}

function askEach(configDirectory: string, questions: readonly (readonly [string, string])[]): number {
  const start = performance.now()
  for (const [map, key] of questions) {
    const { status, stderr } = spawnSync('/usr/sbin/postmap', ['-c', configDirectory, '-q', key, map])
    if (status !== 0 && stderr.length > 0) throw new Error(stderr.toString())
  }
  return performance.now() - start
}

async function measureAlias(configDirectory: string): Promise<readonly string[]> {
  const people = [...generatedMailboxes(Math.min(mailboxes, 5_000))]
  const changeOf = (at: number): ChangeRecord => {
    const person = people[(at * 37) % people.length]
    if (person === undefined) throw new Error('There are no mailboxes.')
    return addAlias(person.uid, `new-alias-${at}@${person.mail.split('@')[1] ?? ''}`)
  }
  for (let at = 0; at < 2 * runs; at += 1) await preview(changeOf(runs + at))
  const ours: number[] = []
  const rows: number[] = []
  const all: number[] = []
  let counts = ''
  for (let at = 0; at < runs; at += 1) {
    const measured = await preview(changeOf(at))
    ours.push(measured.milliseconds)
    const questions = await questionsOf(measured.preview)
    const shown = measured.preview.lookups.map(({ map, key }) => [map, key] as const)
    // Before and after: a person has to ask everything twice.
    rows.push(2 * askEach(configDirectory, shown))
    all.push(2 * askEach(configDirectory, questions))
    counts = `${2 * shown.length} rows, ${2 * questions.length} questions`
  }
  const [mine, byRows, byAll] = [spread(ours), spread(rows), spread(all)]
  console.log(`one alias, ${mailboxes} mailboxes, ${runs} runs: ${counts}, before and after`)
  console.log(`  preview, server side        ${mine.text}`)
  console.log(
    `  postmap -q for each row     ${byRows.text}   ratio ${(byRows.median / mine.median).toFixed(1)}`,
  )
  console.log(
    `  postmap -q for everything   ${byAll.text}   ratio ${(byAll.median / mine.median).toFixed(1)}`,
  )
  return [
    ...(mine.median > MOST_MILLISECONDS.alias ? [`one alias took ${mine.median.toFixed(1)} ms`] : []),
    ...(byAll.median / mine.median < LEAST_RATIO ? ['one alias was not 5 times faster than postmap -q'] : []),
  ]
}

async function measureCatchAll(): Promise<readonly string[]> {
  const person = [...generatedMailboxes(1)][0]
  if (person === undefined) throw new Error('There are no mailboxes.')
  const change = addAlias(person.uid, `@${LARGE_DOMAIN}`)
  const times: number[] = []
  for (let at = 0; at < Math.max(3, Math.ceil(runs / 3)); at += 1) {
    const measured = await preview(change)
    const diverted = measured.preview.findings.find(({ code }) => code === 'catch-all-diverts-mailboxes')
    if (diverted?.addresses.length !== inLargeDomain)
      throw new Error(`${diverted?.addresses.length ?? 0} diverted mailboxes were found`)
    times.push(measured.milliseconds)
  }
  const { text, median } = spread(times)
  console.log(
    `catch-all for a domain of ${inLargeDomain} mailboxes, ${times.length} runs: all diverted ones listed`,
  )
  console.log(`  preview, server side        ${text}`)
  return median > MOST_MILLISECONDS.catchAll ? [`the catch-all took ${median.toFixed(0)} ms`] : []
}

const folder = mkdtempSync(join(tmpdir(), 'postbook-bench-'))
try {
  await createDirectory(folder, mailboxes)
  await loadLdif(folder, largeDomain(), { suffix: SUFFIX, quick: true })
  const directory = await startDirectory(folder)
  try {
    Object.assign(process.env, directory.settings)
    const missed = [...(await measureAlias(directory.postfix)), ...(await measureCatchAll())]
    for (const aim of missed) console.error(`Missed: ${aim}.`)
    process.exitCode = missed.length === 0 ? 0 : 1
  } finally {
    await directory.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit()
