/**
 * Our trace against real delivery: random directories, many configurations, real SMTP.
 *
 * Each generated address gets a message by SMTP from a private Postfix; what it replied, and what then arrived
 * at the servers behind its transports or came to nothing, has to be what the trace says. The bounces and
 * deferrals are read from Postfix's log. POSTBOOK_DELIVERY_ROUNDS asks for more directories per configuration
 * than two, POSTBOOK_DELIVERY_SEED for others.
 */
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLmtpSink, startSmtpSink, type MailSink } from '@/e2e/fixtures/lmtp-sink'
import { startPostfix, until, type PrivatePostfix } from '@/e2e/fixtures/postfix'
import { startTestSlapd, type TestSlapd } from '@/e2e/fixtures/slapd'
import { liveAccess } from '@/lib/directory/files'
import { unquoteAddress } from '@/lib/postfix/address-quoting'
import { resolveAddress } from '@/lib/postfix/resolution'
import { openMailSite } from '@/lib/postfix/resolution-site'
import { moduleFolder, schemaFolder } from '@/scripts/private-slapd'
import { generateDirectory, SUFFIX } from './generated-directory'
import { configurationOf, SITE_VARIANTS, type Surroundings } from './site-variants'
import { probe, type ProbeAnswer } from './smtp-session'

const SCHEMA = fileURLToPath(new URL('../../scripts/demo/schema/postfix-book.schema', import.meta.url))
const ROUNDS = Number(process.env['POSTBOOK_DELIVERY_ROUNDS'] ?? '2')
const SEED = Number(process.env['POSTBOOK_DELIVERY_SEED'] ?? '20261122')

const cases = Array.from({ length: ROUNDS }, (_, round) =>
  SITE_VARIANTS.map((variant, index) => ({
    variant,
    directory: generateDirectory(`s${round}-${index}`, SEED + round * SITE_VARIANTS.length + index),
  })),
).flat()

let slapd: TestSlapd
let postfix: PrivatePostfix
let sinks: Readonly<Record<'virtual' | 'local' | 'forward', MailSink>>
let surroundings: Surroundings

beforeAll(async () => {
  const root = `dn: ${SUFFIX}\nobjectClass: domain\ndc: example\n`
  const text = [root, ...cases.map(({ directory }) => directory.ldif)].join('\n')
  slapd = await startTestSlapd(slapdConfiguration, { suffix: SUFFIX, text })
  const [virtual, local, forward] = await Promise.all([startLmtpSink(), startLmtpSink(), startSmtpSink()])
  sinks = { virtual, local, forward }
  surroundings = {
    ldapUri: slapd.uri,
    virtualPort: virtual.port,
    localPort: local.port,
    forwardPort: forward.port,
  }
  postfix = await startPostfix({ mainCf: [], tables: {} })
})
afterAll(async () => {
  await postfix.stop()
  await Promise.all(Object.values(sinks).map((sink) => sink.close()))
  await slapd.stop()
})

function slapdConfiguration(folder: string): string {
  return [
    ...['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include "${schemaFolder}/${name}.schema"`),
    `include "${SCHEMA}"`,
    `pidfile "${folder}/slapd.pid"`,
    `modulepath ${moduleFolder}`,
    'moduleload back_mdb',
    'database mdb',
    `suffix "${SUFFIX}"`,
    `directory "${folder}/database"`,
    'index objectClass,mail,mailAlias,mailGroupMember,dc eq',
    'access to * by * read',
    '',
  ].join('\n')
}

interface Outcome {
  readonly address: string
  readonly stage: string | null
  readonly reply: string | null
  readonly deliveries: readonly string[]
  readonly forwards: readonly string[]
  readonly locals: readonly string[]
  readonly bounces: readonly string[]
  readonly deferrals: readonly string[]
}

async function predicted(addresses: readonly string[]): Promise<readonly Outcome[]> {
  const opened = openMailSite(postfix.configDirectory, liveAccess)
  if (opened.status === 'failed') throw new Error(opened.message)
  return Promise.all(
    addresses.map(async (address) => {
      const trace = await resolveAddress(opened.site, address)
      expect(trace.problem, address).toBeNull()
      const { stage, reply, deliveries, forwards, locals, bounces, deferrals } = trace
      return {
        address,
        stage,
        reply,
        deliveries: deliveries.toSorted(),
        forwards: forwards.toSorted(),
        locals: locals.toSorted(),
        bounces: bounces.map((one) => `${one.address}: ${one.reason}`).toSorted(),
        deferrals: deferrals.map((one) => `${one.address}: ${one.reason}`).toSorted(),
      }
    }),
  )
}

async function delivered(addresses: readonly string[], smtputf8: boolean): Promise<readonly Outcome[]> {
  const before = Object.values(sinks).map((sink) => sink.messages.length)
  const logged = postfix.log().length
  const answers = await probe(postfix.port, addresses, { smtputf8 })
  const ids = answers.flatMap(({ queueId }) => queueId ?? [])
  const news = () => postfix.log().slice(logged)
  await until(
    'The queue does not drain',
    () => postfix.log(),
    () => {
      const removed = new Set(Array.from(news().matchAll(/: (\w+): removed$/gm), ([, id]) => id))
      return ids.every((id) => removed.has(id))
    },
  )
  const [virtual = [], local = [], forward = []] = Object.values(sinks).map((sink, at) =>
    arrivals(sink, before[at]),
  )
  const failures = failuresIn(news())
  return addresses.map((address, at) => ({
    address,
    ...verdict(answers[at]),
    deliveries: (virtual[at] ?? []).toSorted(),
    forwards: (forward[at] ?? []).toSorted(),
    locals: (local[at] ?? []).toSorted(),
    bounces: failuresOf('bounced', failures, answers[at]),
    deferrals: failuresOf('deferred', failures, answers[at]),
  }))
}

function verdict(answer: ProbeAnswer | undefined): Pick<Outcome, 'stage' | 'reply'> {
  if (answer?.data == null) return { stage: 'RCPT', reply: answer?.rcpt ?? '' }
  return answer.queueId === null ? { stage: 'DATA', reply: answer.data } : { stage: null, reply: null }
}

/** The recipients that a sink took, in internal form, by the number of their probe. */
function arrivals(sink: MailSink, from = 0): readonly (readonly string[])[] {
  const taken: string[][] = []
  for (const { recipients, content } of sink.messages.slice(from)) {
    const number = Number(/^X-Probe: (\d+)$/m.exec(content)?.[1])
    taken[number] = [...(taken[number] ?? []), ...recipients.map(unquoteAddress)]
  }
  return taken
}

interface Failure {
  readonly queueId: string
  readonly status: string
  readonly text: string
}

function failuresIn(log: string): readonly Failure[] {
  const line =
    /: (\w+): to=<(.*?)>, (?:orig_to=<.*?>, )?relay=.*?, dsn=([\d.]+), status=(bounced|deferred|SOFTBOUNCE) \((.*)\)$/gm
  return Array.from(
    log.matchAll(line),
    ([, queueId = '', address = '', dsn = '', status = '', reason = '']) => ({
      queueId,
      status: status === 'bounced' ? status : 'deferred',
      text: `${address}: ${dsn} ${reason}`,
    }),
  )
}

function failuresOf(
  status: string,
  failures: readonly Failure[],
  answer: ProbeAnswer | undefined,
): readonly string[] {
  return failures
    .filter((failure) => failure.status === status && failure.queueId === answer?.queueId)
    .map(({ text }) => text)
    .toSorted()
}

describe('real delivery', () => {
  it.each(cases.map((one) => [`${one.directory.name}: ${one.variant.name}`, one] as const))(
    '%s',
    async (_, { variant, directory }) => {
      await postfix.configure(configurationOf(variant, directory.name, surroundings))
      const { addresses } = directory
      const smtputf8 = !variant.mainCf.includes('smtputf8_enable = no')
      const [ours, real] = await Promise.all([predicted(addresses), delivered(addresses, smtputf8)])
      expect(ours).toEqual(real)
      expect(ours).toHaveLength(40)
    },
  )

  it('tries enough addresses, of every outcome', () => {
    expect(cases.flatMap(({ directory }) => directory.addresses).length).toBeGreaterThanOrEqual(200)
    for (const sink of Object.values(sinks)) expect(sink.messages.length).toBeGreaterThan(20)
  })
})
