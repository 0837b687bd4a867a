import { describe, expect, it } from 'vitest'
import { formatResultCode, resultCodeName, resultCodeOf } from './result-code'

describe('result codes', () => {
  it.each([
    [0, 'success'],
    [50, 'insufficientAccessRights'],
    [122, 'assertionFailed'],
    [16654, 'noOperation'],
    [-1, 'serverDown'],
    [-5, 'timeout'],
    [-7, 'filterError'],
  ])('%i is %s', (code, name) => {
    expect(resultCodeName(code)).toBe(name)
    expect(resultCodeOf(name.toUpperCase())).toBe(code)
    expect(formatResultCode(code)).toBe(`${name} (${code})`)
  })

  it('has a word for what it does not know', () => {
    expect(formatResultCode(9999)).toBe('unknown (9999)')
    expect(resultCodeOf('nosuch')).toBeUndefined()
  })
})
