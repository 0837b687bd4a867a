import { describe, expect, it } from 'vitest'
import { parseOptions } from './options.mjs'

describe('parseOptions', () => {
  it('has defaults', () => {
    expect(parseOptions([])).toEqual({
      status: 'run',
      options: { port: 3000, mailboxes: undefined, reset: false, directoryOnly: false },
    })
  })

  it('takes every option, with a space or an equals sign', () => {
    expect(parseOptions(['--port', '3001', '--mailboxes=100000', '--reset', '--directory-only'])).toEqual({
      status: 'run',
      options: { port: 3001, mailboxes: 100_000, reset: true, directoryOnly: true },
    })
  })

  it.each([
    [['--prot', '1'], /--prot is not an option/],
    [['1000'], /1000 is not an option/],
    [['--port'], /--port takes a number/],
    [['--port', '70000'], /from 1 to 65535/],
    [['--mailboxes', '0'], /from 1 to 500000/],
    [['--mailboxes', '12x'], /--mailboxes takes a number/],
    [['--reset=yes'], /yes is not an option/],
  ])('refuses %j in one sentence', (words, sentence) => {
    const parsed = parseOptions(words)
    expect(parsed).toMatchObject({ status: 'refused' })
    expect(parsed.status === 'refused' ? parsed.sentence : '').toMatch(sentence)
  })

  it('says so when npm has swallowed an option', () => {
    const parsed = parseOptions(['1000'], { npm_config_mailboxes: 'true' })
    expect(parsed).toEqual({
      status: 'refused',
      sentence: 'Options come after a lone --, as in: npm run demo -- --mailboxes N',
    })
  })

  it('helps', () => {
    expect(parseOptions(['--reset', '--help'])).toEqual({ status: 'help' })
  })
})
