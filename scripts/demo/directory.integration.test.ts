import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { readFileSync, statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ldapmodify,
  ldapsearch,
  ldapwhoami,
  personBind,
  postfixBind,
  serviceBind,
  startTestDirectory,
  type TestDirectory,
} from '@/e2e/fixtures/directory'
import { postmap } from '@/e2e/fixtures/postmap'
import { answers, dumpLdif, freePort } from '../private-slapd'
import { LOG_SUFFIX, MAIL_BASE, personDn, SERVICE_DN, SUFFIX } from './names'
import { SAMPLE_DOMAINS, SAMPLE_LOGINS, SAMPLE_PEOPLE } from './sample-people'
import { POSTFIX_MAY_READ } from './slapd-configuration'

const JOHN = personDn('johndoe')
const MARTHA = personDn('mokafor')
const NO_SUCH_OBJECT = 32
const INSUFFICIENT_ACCESS = 50

let directory: TestDirectory

beforeAll(async () => {
  directory = await startTestDirectory({ mailboxes: 300 })
})
afterAll(async () => {
  await directory.stop()
})

function attributeNames(ldif: string): string[] {
  const names = ldif.split('\n').flatMap((line) => /^([A-Za-z]+):/.exec(line)?.[1] ?? [])
  return [...new Set(names)].filter((name) => name !== 'dn').sort()
}

function entryCount(ldif: string): number {
  return ldif.match(/^dn:/gm)?.length ?? 0
}

describe('who may read what', () => {
  it('anonymous: nothing', async () => {
    for (const base of [SUFFIX, MAIL_BASE, JOHN, LOG_SUFFIX]) {
      expect(await ldapsearch(directory, undefined, '-b', base, '(objectClass=*)', '*', '+')).toMatchObject({
        status: NO_SUCH_OBJECT,
        stdout: '',
      })
    }
    expect((await ldapsearch(directory, undefined, '-s', 'base', '-b', '', '+')).stdout.trim()).toBe('')
  })

  it("Postfix's account: seven attributes, and no password", async () => {
    const found = await ldapsearch(
      directory,
      postfixBind(directory),
      '-b',
      MAIL_BASE,
      '-z',
      'max',
      '(mail=*)',
      '*',
      '+',
    )
    expect(entryCount(found.stdout)).toBe(SAMPLE_PEOPLE.length + 300)
    const domains = await ldapsearch(
      directory,
      postfixBind(directory),
      '-b',
      directory.settings['LDAP_DOMAINS_BASE'] ?? '',
    )
    expect(attributeNames(found.stdout + domains.stdout)).toEqual([...POSTFIX_MAY_READ].sort())
    for (const base of [`ou=Services,${SUFFIX}`, `ou=Groups,${SUFFIX}`, LOG_SUFFIX]) {
      expect((await ldapsearch(directory, postfixBind(directory), '-b', base)).stdout).toBe('')
    }
  })

  it("Postfix's account: writes nothing, not even its own password", async () => {
    const bind = postfixBind(directory)
    const change = `dn: ${JOHN}\nchangetype: modify\nadd: mailAlias\nmailAlias: x@domain1.net\n`
    expect((await ldapmodify(directory, bind, change)).status).toBe(INSUFFICIENT_ACCESS)
    const own = `dn: ${bind?.dn ?? ''}\nchangetype: modify\nreplace: userPassword\nuserPassword: another-one\n`
    expect((await ldapmodify(directory, bind, own)).status).not.toBe(0)
  })

  it('a person: the own entry without its password, and nobody else', async () => {
    const bind = personBind('johndoe')
    const own = await ldapsearch(directory, bind, '-b', JOHN)
    expect(attributeNames(own.stdout)).toEqual(
      expect.arrayContaining(['cn', 'mail', 'mailAlias', 'mailQuota']),
    )
    expect(own.stdout).not.toContain('userPassword')
    expect((await ldapsearch(directory, bind, '-b', MARTHA)).status).toBe(NO_SUCH_OBJECT)
    expect((await ldapsearch(directory, bind, '-b', LOG_SUFFIX)).status).toBe(NO_SUCH_OBJECT)
    const alias = `dn: ${JOHN}\nchangetype: modify\nadd: mailAlias\nmailAlias: x@domain1.net\n`
    expect((await ldapmodify(directory, bind, alias)).status).toBe(INSUFFICIENT_ACCESS)
  })

  it('a person: changes the own password, which slapd hashes', async () => {
    const dn = personDn('ktanaka')
    const change = `dn: ${dn}\nchangetype: modify\nreplace: userPassword\nuserPassword: a-new-password\n`
    expect((await ldapmodify(directory, personBind('ktanaka'), change)).status).toBe(0)
    expect((await ldapwhoami(directory, { dn, password: 'a-new-password' })).status).toBe(0)
    expect((await ldapwhoami(directory, personBind('ktanaka'))).status).not.toBe(0)
  })

  it('the service account: everything but password hashes; it may write', async () => {
    const bind = serviceBind(directory)
    const found = await ldapsearch(directory, bind, '-b', SUFFIX, '(objectClass=*)', '*', '+')
    expect(entryCount(found.stdout)).toBeGreaterThan(300 + SAMPLE_PEOPLE.length + SAMPLE_DOMAINS.length)
    expect(found.stdout).not.toMatch(/^(userPassword|authzTo):/m)
    const entry = ['objectClass: document', 'cn: a note', 'documentIdentifier: 1'].join('\n')
    const add = `dn: documentIdentifier=1,ou=Postbook,${SUFFIX}\nchangetype: add\n${entry}\n`
    expect(await ldapmodify(directory, bind, add)).toMatchObject({ status: 0 })
  })

  it('the service account cannot widen whom it may act for', async () => {
    const change = `dn: ${SERVICE_DN}\nchangetype: modify\nreplace: authzTo\nauthzTo: dn.regex:.*\n`
    expect((await ldapmodify(directory, serviceBind(directory), change)).status).toBe(INSUFFICIENT_ACCESS)
  })
})

describe('what was written', () => {
  it('is in cn=accesslog with the old values, for the service account alone', async () => {
    const bind = serviceBind(directory)
    const change = `dn: ${personDn('dhaddad')}\nchangetype: modify\nreplace: title\ntitle: Support lead\n`
    expect((await ldapmodify(directory, bind, change)).status).toBe(0)
    const log = await ldapsearch(directory, bind, '-b', LOG_SUFFIX, `(reqDN=${personDn('dhaddad')})`)
    expect(log.stdout).toContain('reqMod: title:= Support lead')
    expect(log.stdout).toContain('reqOld: title: Support')
  })

  it('is rehearsed by No-Op without a trace', async () => {
    const bind = serviceBind(directory)
    const dn = personDn('lwojcik')
    const change = `dn: ${dn}\nchangetype: modify\nreplace: title\ntitle: Rehearsed\n`
    const answer = await ldapmodify(directory, bind, change, '-e', '!noop')
    expect(answer.stderr).toContain('(16654)')
    expect((await ldapsearch(directory, bind, '-b', dn, 'title')).stdout).toContain('title: Development')
    expect((await ldapsearch(directory, bind, '-b', LOG_SUFFIX, `(reqDN=${dn})`)).stdout).toBe('')
  })

  it("is the person's under proxied authorization, and the person's rights hold", async () => {
    const bind = serviceBind(directory)
    const john = ['-e', `!authzid=dn:${JOHN}`]
    const who = await ldapwhoami(directory, bind, ...john)
    expect(who.stdout.trim().toLowerCase()).toBe(`dn:${JOHN}`.toLowerCase())
    expect((await ldapsearch(directory, bind, ...john, '-b', MARTHA)).status).toBe(NO_SUCH_OBJECT)
    const change = `dn: ${JOHN}\nchangetype: modify\nreplace: userPassword\nuserPassword: demo-owner\n`
    expect((await ldapmodify(directory, bind, change, ...john)).status).toBe(0)
    const log = await ldapsearch(directory, bind, '-b', LOG_SUFFIX, `(reqDN=${JOHN})`, 'reqAuthzID')
    expect(log.stdout.toLowerCase()).toContain(`reqauthzid: ${JOHN}`.toLowerCase())
    // Nobody outside the mail base can be acted for.
    expect((await ldapwhoami(directory, bind, '-e', `!authzid=dn:cn=admin,${SUFFIX}`)).status).not.toBe(0)
  })
})

describe('passwords', () => {
  it('are argon2 hashes, every one', () => {
    const dump = dumpLdif(directory.folder, SUFFIX)
    const values = [...dump.matchAll(/^userPassword:: (.*)$/gm)].map(([, value = '']) =>
      Buffer.from(value, 'base64').toString('utf8'),
    )
    expect(values).toHaveLength(SAMPLE_PEOPLE.length + 2)
    for (const value of values) expect(value).toMatch(/^\{ARGON2\}\$argon2id?\$/)
  })

  it('let the three people of the demo in, and no wrong one', async () => {
    for (const { uid } of SAMPLE_LOGINS) expect((await ldapwhoami(directory, personBind(uid))).status).toBe(0)
    expect((await ldapwhoami(directory, { dn: MARTHA, password: 'demo-owner' })).status).toBe(49)
  })

  it('must be long enough', async () => {
    const dn = personDn('jbrandt')
    const change = `dn: ${dn}\nchangetype: modify\nreplace: userPassword\nuserPassword: short\n`
    expect((await ldapmodify(directory, personBind('jbrandt'), change)).stderr).toContain(
      'Constraint violation',
    )
  })
})

describe('Postfix', () => {
  const table = (name: string): string => `ldap:${join(directory.postfix, 'ldap', name)}`

  it.each([
    ['domain1.net', 'ldap-virtual-domains.cf', 'domain1.net'],
    ['johndoe@domain1.net', 'ldap-vmailbox.cf', 'johndoe@domain1.net'],
    ['superjohn@domain2.me', 'ldap-aliases.cf', 'johndoe@domain1.net'],
    ['sales@domain1.net', 'ldap-aliases.cf', 'juergen.koehler@domain1.net,alessia.marchetti@domain1.net'],
    ['mary.brown@domain1.net', 'ldap-aliases.cf', 'tom.fletcher@domain1.net'],
  ])('finds %s in %s', async (key, name, answer) => {
    expect(await postmap(directory.postfix, key, table(name))).toEqual({
      stdout: `${answer}\n`,
      stderr: '',
      status: 0,
    })
  })

  it.each([
    ['birkenhof-shop.example', 'ldap-virtual-domains.cf'],
    ['superjohn@domain2.me', 'ldap-vmailbox.cf'],
    ['postmaster@quayside-books.example', 'ldap-aliases.cf'],
    ['nobody@domain1.net', 'ldap-aliases.cf'],
  ])('finds nothing for %s in %s', async (key, name) => {
    expect(await postmap(directory.postfix, key, table(name))).toEqual({ stdout: '', stderr: '', status: 1 })
  })

  it('reads the tables that main.cf names', () => {
    const main = execFileSync('/usr/sbin/postconf', ['-c', directory.postfix, '-h', 'virtual_alias_maps'], {
      encoding: 'utf8',
      // It misses master.cf, which no table needs.
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(main.trim()).toBe(table('ldap-aliases.cf'))
  })
})

describe('lists', () => {
  it('are sorted and paged by the server', async () => {
    // caseIgnoreOrderingMatch: mail has no ordering rule of its own.
    const sorted = ['-E', '!sss=mail:2.5.13.3', '-E', '!vlv=0/4/1/0']
    const page = await ldapsearch(
      directory,
      serviceBind(directory),
      ...sorted,
      '-b',
      MAIL_BASE,
      '(mail=*)',
      'mail',
    )
    const mails = [...page.stdout.matchAll(/^mail: (.*)$/gm)].map(([, mail = '']) => mail).slice(0, 5)
    expect(mails).toHaveLength(5)
    expect(mails).toEqual([...mails].sort())
  })
})

describe('the folder', () => {
  it('shows its secrets to the owner alone', () => {
    const mode = (name: string): number => statSync(join(directory.folder, name)).mode & 0o777
    for (const name of ['.', 'database', 'accesslog', 'postfix', 'postfix/ldap'])
      expect(mode(name)).toBe(0o700)
    for (const name of ['env', 'directory.json', 'slapd.conf', 'postfix/ldap/ldap-aliases.cf']) {
      expect(mode(name)).toBe(0o600)
    }
  })

  it('has the settings in env', () => {
    expect(parseEnv(readFileSync(join(directory.folder, 'env'), 'utf8'))).toEqual(directory.settings)
    expect(Object.keys(directory.settings)).toEqual(
      expect.arrayContaining(['LDAP_URL', 'POSTFIX_CONFIG_DIRECTORY', 'POSTMASTER_GROUP', 'AUTH_SECRET']),
    )
  })

  it('keeps its data over a restart, and frees its port', async () => {
    const change = `dn: ${personDn('aosei')}\nchangetype: modify\nadd: mailAlias\nmailAlias: kept@domain2.me\n`
    expect((await ldapmodify(directory, serviceBind(directory), change)).status).toBe(0)
    const { port } = directory
    directory = await directory.restart()
    expect(directory.port).toBe(port)
    const aliases = `ldap:${join(directory.postfix, 'ldap', 'ldap-aliases.cf')}`
    const kept = await postmap(directory.postfix, 'kept@domain2.me', aliases)
    expect(kept.stdout).toBe('abena@domain2.me\n')

    const other = await startTestDirectory()
    await other.stop()
    expect(await answers(other.port)).toBe(false)
    expect(await freePort(other.port)).toBe(other.port)
  })
})
