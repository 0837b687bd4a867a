/**
 * case-folding - how Postfix folds a lookup key before it asks a table.
 *
 * With UTF-8 mode an all-ASCII key is lower-cased and any other gets full Unicode case folding (statuses C and
 * F, not Turkic, no normalisation): `ß` becomes `ss`, `ς` becomes `σ`. That is not toLowerCase(). Without it
 * only A to Z change. Never fails; the key must be valid UTF-8 in UTF-8 mode.
 *
 * Authority: casefoldx (casefold.c, there u_strFoldCase of ICU); Unicode chapter 3.13, CaseFolding.txt.
 */
import { isAscii } from '@/lib/ldap/string-preparation'
import { FOLDED_RUNS, FOLDED_STRINGS } from './case-folding-data'

/** Read when the first key needs it: most are ASCII. */
let foldings: ReadonlyMap<number, string> | null = null

/** Folds a key; `utf8` is the UTF-8 mode of the asking program. */
export function foldCase(text: string, utf8: boolean): string {
  if (isAscii(text)) return text.toLowerCase()
  if (!utf8) return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  foldings ??= readFoldings()
  let folded = ''
  for (const character of text) folded += foldings.get(character.codePointAt(0) ?? 0) ?? character
  return folded
}

function readFoldings(): ReadonlyMap<number, string> {
  const map = new Map<number, string>()
  for (let at = 0; at < FOLDED_RUNS.length; at += 4) {
    const [first = 0, last = 0, step = 1, distance = 0] = FOLDED_RUNS.slice(at, at + 4)
    for (let code = first; code <= last; code += step) map.set(code, String.fromCodePoint(code + distance))
  }
  for (const pair of FOLDED_STRINGS.split(' ')) {
    const [code = '', folding = ''] = pair.split(':')
    const codes = folding.split('+').map((digits) => Number.parseInt(digits, 16))
    map.set(Number.parseInt(code, 16), String.fromCodePoint(...codes))
  }
  return map
}
