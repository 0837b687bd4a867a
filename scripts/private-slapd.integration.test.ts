import { rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '@/e2e/fixtures/slapd'
import { answers, dumpLdif, freePort, loadLdif, startSlapd, writeConfiguration } from './private-slapd'

const SUFFIX = 'dc=example,dc=net'
const BASE = `dn: ${SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n\n`

function configurationOf(folder: string): string {
  return `include /etc/ldap/schema/core.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix ${SUFFIX}
directory "${folder}/database"
`
}

let folder: string
let configuration: string

beforeEach(() => {
  folder = temporaryFolder()
  configuration = configurationOf(folder)
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a private slapd', () => {
  it('serves what was loaded, on the port that was asked for, until it is stopped', async () => {
    writeConfiguration(folder, configuration)
    await loadLdif(folder, BASE)
    const port = await freePort()
    const slapd = await startSlapd({ folder, configuration, port })
    expect(slapd.port).toBe(port)
    expect(await answers(port)).toBe(true)
    await slapd.stop()
    await slapd.stop()
    expect(await answers(port)).toBe(false)
    expect(dumpLdif(folder, SUFFIX)).toContain('o: Example')
  })

  it('takes another port when that one is in use', async () => {
    const first = await startSlapd({ folder, configuration })
    const other = temporaryFolder()
    const second = await startSlapd({
      folder: other,
      configuration: configurationOf(other),
      port: first.port,
    })
    expect(second.port).not.toBe(first.port)
    await second.stop()
    expect(await answers(first.port)).toBe(true)
    await first.stop()
    rmSync(other, { recursive: true, force: true })
  })

  it('says in one sentence why slapd refuses its configuration', async () => {
    const wrong = startSlapd({ folder, configuration: `${configuration}no-such-directive x\n` })
    await expect(wrong).rejects.toThrow(/^slapd did not start: .*unknown directive <no-such-directive>/)
  })

  it('says why slapadd refuses the data', async () => {
    writeConfiguration(folder, configuration)
    await expect(loadLdif(folder, 'dn: o=elsewhere\nobjectClass: organization\no: x\n\n')).rejects.toThrow(
      /^slapadd refused the data: /,
    )
  })
})
