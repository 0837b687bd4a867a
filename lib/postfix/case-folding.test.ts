import { describe, expect, it } from 'vitest'
import { foldCase } from './case-folding'

/** FNV-1a over the code points of every folding, as computed from Python's str.casefold (Unicode 14.0). */
const CHECKSUM = 0x13664693

describe('foldCase', () => {
  it('folds every code point as CaseFolding.txt, statuses C and F', () => {
    let hash = 0x811c9dc5
    const add = (code: number): void => {
      hash = Math.imul(hash ^ code, 0x01000193) >>> 0
    }
    for (let code = 0; code < 0x110000; code += 1) {
      if (code >= 0xd800 && code < 0xe000) continue
      for (const character of foldCase(String.fromCodePoint(code), true)) add(character.codePointAt(0) ?? 0)
      add(0xffffff)
    }
    expect(hash).toBe(CHECKSUM)
  })

  it.each([
    ['Straße', 'strasse'],
    ['ẞ', 'ss'],
    ['ﬁx', 'fix'],
    ['İ', 'i\u0307'],
    ['ς', 'σ'],
    ['ΝΙΚΟΣ', 'νικοσ'],
    ['ŉ', 'ʼn'],
    ['ᾳ', 'αι'],
    ['\u212a', 'k'],
    ['ſ', 's'],
    ['µ', 'μ'],
    ['\uab70', '\u13a0'],
    ['ı', 'ı'],
    ['E\u0301É', 'e\u0301é'],
  ])('folds %s to %s in UTF-8 mode', (text, folded) => {
    expect(foldCase(text, true)).toBe(folded)
  })

  it('changes only A to Z without UTF-8 mode', () => {
    expect(foldCase('JÖRG@Straße.NET', false)).toBe('jÖrg@straße.net')
  })
})
