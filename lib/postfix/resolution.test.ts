import { describe, expect, it } from 'vitest'
import { encodeOctets } from '@/lib/ldap/octets'
import { resolveAddress } from './resolution'
import { openMailSite } from './resolution-site'
import type { MailSiteResult } from './resolution-site'
import type { TableAccess } from './table-access'
import type { Trace } from './trace'

const BASE = `compatibility_level = 3.6
myhostname = mx.example.org
mydestination = local.test
local_recipient_maps =
virtual_alias_domains = alias.test
virtual_mailbox_domains = domain1.net
virtual_mailbox_maps = inline:{johndoe@domain1.net=x}
virtual_transport = lmtp:unix:private/dovecot-lmtp
smtpd_relay_restrictions = reject_unauth_destination
`

function open(more: string): MailSiteResult {
  const access: TableAccess = {
    readFile: (path) =>
      path === '/etc/postfix/main.cf'
        ? { status: 'read', octets: encodeOctets(BASE + more) }
        : { status: 'missing', reason: 'No such file or directory' },
    openDirectory() {
      throw new Error('no directory in this test')
    },
  }
  return openMailSite('/etc/postfix', access)
}

async function resolve(address: string, more: string): Promise<Trace> {
  const opened = open(more)
  if (opened.status === 'failed') throw new Error(opened.message)
  return resolveAddress(opened.site, address)
}

describe('delivery (F35)', () => {
  it('sends each recipient where its class goes', async () => {
    const trace = await resolve(
      'all@domain1.net',
      'virtual_alias_maps = inline:{ {all@domain1.net = nosuchbox@domain1.net, x@far.test, user@local.test, gone@alias.test, user@1.2.3.4, -x@domain1.net, @} }',
    )
    expect(trace).toMatchObject({
      accepted: true,
      stage: null,
      reply: null,
      problem: null,
      domainClass: 'virtualMailbox',
      deliveries: ['nosuchbox@domain1.net'],
      forwards: ['x@far.test', 'MAILER-DAEMON@mx.example.org'],
      locals: ['user@local.test'],
      bounces: [
        { address: 'gone@alias.test', reason: '5.1.1 User unknown in virtual alias table' },
        { address: 'user@1.2.3.4', reason: '5.1.3 bad address syntax' },
        { address: '-x@domain1.net', reason: '5.1.3 bad address syntax' },
      ],
      deferrals: [],
    })
    expect(trace.recipients).toHaveLength(7)
  })

  it('asks virtual_mailbox_maps again for virtual(8) (F36)', async () => {
    const more =
      'virtual_transport = virtual\nvirtual_alias_maps = inline:{jd@domain1.net=johndoe@domain1.net, x@domain1.net=nosuchbox@domain1.net}'
    expect((await resolve('jd@domain1.net', more)).deliveries).toEqual(['johndoe@domain1.net'])
    expect((await resolve('x@domain1.net', more)).bounces).toEqual([
      { address: 'nosuchbox@domain1.net', reason: '5.1.1 User unknown in virtual mailbox table' },
    ])
  })

  it('follows transport_maps to other hosts, to nowhere, and to reasons with or without a status code', async () => {
    const more = `virtual_mailbox_maps =
transport_maps = inline:{ {a@domain1.net = smtp:[192.0.2.1]}, {b@domain1.net = discard:spam}, {c@domain1.net = error:no}, {d@domain1.net = retry:5.1.1 odd} }
virtual_alias_maps = inline:{ {all@domain1.net = a@domain1.net, b@domain1.net, c@domain1.net, d@domain1.net} }`
    expect(await resolve('all@domain1.net', more)).toMatchObject({
      deliveries: [],
      forwards: ['a@domain1.net'],
      bounces: [{ address: 'c@domain1.net', reason: '5.0.0 no' }],
      deferrals: [{ address: 'd@domain1.net', reason: '4.0.0 odd' }],
    })
    expect(await resolve('all@domain1.net', `${more}\nsoft_bounce = yes`)).toMatchObject({
      bounces: [],
      deferrals: [
        { address: 'c@domain1.net', reason: '4.0.0 no' },
        { address: 'd@domain1.net', reason: '4.0.0 odd' },
      ],
    })
  })

  it('keeps in the queue what cannot be looked up', async () => {
    const more =
      'relocated_maps = fail:x\nvirtual_alias_maps = inline:{jd@domain1.net=johndoe@domain1.net}\nsmtpd_reject_unlisted_recipient = no'
    const trace = await resolve('postmaster', more)
    expect(trace.accepted).toBe(true)
    expect(trace.deferrals).toEqual([expect.objectContaining({ address: 'postmaster@mx.example.org' })])
  })
})

describe('a table that cannot be evaluated here', () => {
  it('makes the outcome unknown, not "not found"', async () => {
    const trace = await resolve('johndoe@domain1.net', 'virtual_alias_maps = hash:/etc/postfix/virtual')
    expect(trace).toMatchObject({ accepted: false, stage: 'RCPT', reply: null, recipients: [] })
    expect(trace.problem).toContain('virtual_alias_maps: hash:/etc/postfix/virtual')
    expect(trace.steps.find((step) => step.type === 'lookup')).toMatchObject({
      status: 'configurationError',
      value: null,
    })
  })

  it('does not matter where Postfix would not ask it', async () => {
    const trace = await resolve('x@far.test', 'virtual_alias_maps = hash:/etc/postfix/virtual')
    expect(trace.reply).toBe('554 5.7.1 <x@far.test>: Relay access denied')
  })

  it('in a list of domains makes those before it known', async () => {
    const more = 'virtual_mailbox_domains = domain1.net hash:/x'
    expect((await resolve('johndoe@domain1.net', more)).accepted).toBe(true)
    expect((await resolve('x@far.test', more)).problem).toContain('virtual_mailbox_domains')
  })

  it('after the SMTP server is unknown at DATA', async () => {
    const more = 'smtpd_reject_unlisted_recipient = no\nvirtual_alias_maps = pcre:/x'
    expect(await resolve('johndoe@domain1.net', more)).toMatchObject({
      stage: 'DATA',
      reply: null,
      accepted: false,
    })
  })
})

describe('a broken LDAP table', () => {
  it('is a temporary failure, as for the clients of Postfix', async () => {
    const trace = await resolve('johndoe@domain1.net', 'virtual_alias_maps = ldap:/missing.cf')
    expect(trace.reply).toBe('451 4.3.0 <johndoe@domain1.net>: Temporary lookup failure')
    expect(trace.problem).toBeNull()
  })
})

describe('openMailSite', () => {
  it.each([
    ['append_at_myorigin = maybe', 'bad boolean configuration: append_at_myorigin = maybe'],
    [
      'virtual_alias_recursion_limit = ten',
      'bad numerical configuration: virtual_alias_recursion_limit = ten',
    ],
    ['virtual_mailbox_domains = /missing', 'virtual_mailbox_domains'],
    ['mydestination = !', 'mydestination'],
  ])('fails for %s', (line, message) => {
    const opened = open(line)
    expect(opened.status === 'failed' ? opened.message : '').toContain(message)
  })
})

describe('the trace', () => {
  it('tells the phases apart and in order', async () => {
    const trace = await resolve(
      'Jd+X@domain1.net',
      'recipient_delimiter = +\nvirtual_alias_maps = inline:{jd@domain1.net=johndoe@domain1.net}',
    )
    expect(
      trace.steps.map((step) =>
        step.type === 'lookup'
          ? `${step.phase} ${step.parameter} ${step.key} ${step.value ?? step.status}`
          : `${step.phase} ${step.type}`,
      ),
    ).toEqual([
      'resolve classified',
      'smtpd virtual_alias_maps jd+x@domain1.net notFound',
      'smtpd virtual_alias_maps jd@domain1.net johndoe@domain1.net',
      'cleanup virtual_alias_maps jd+x@domain1.net notFound',
      'cleanup virtual_alias_maps jd@domain1.net johndoe@domain1.net',
      'cleanup expanded',
      'cleanup virtual_alias_maps johndoe+x@domain1.net notFound',
      'cleanup virtual_alias_maps johndoe@domain1.net notFound',
      'cleanup virtual_alias_maps @domain1.net notFound',
      'delivery classified',
    ])
    expect(trace.deliveries).toEqual(['johndoe+X@domain1.net'])
  })
})
