import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { environmentText } from './environment-file'

describe('environmentText', () => {
  it('is read back by Node.js as it was', () => {
    const settings = {
      LDAP_BIND_DN: 'cn=postbook,ou=Services,dc=example,dc=net',
      POSTFIX_CONFIG_DIRECTORY: '/home/a b/#1/$x/postfix',
      EMPTY: '',
    }
    expect(parseEnv(environmentText(settings))).toEqual(settings)
  })

  it('refuses what it cannot quote', () => {
    expect(() => environmentText({ AUTH_SECRET: "it's" })).toThrow('AUTH_SECRET')
  })
})
