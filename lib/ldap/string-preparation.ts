/**
 * string-preparation - making attribute and assertion values comparable (RFC 4518), as slapd does it.
 *
 * Directory strings: each character to simple lower case (unless case counts), then Unicode normal form KC,
 * then spaces folded. IA5 strings: ASCII lower case, spaces folded; anything beyond ASCII is illegal. Where
 * OpenLDAP's UTF8StringNormalize and IA5StringNormalize differ from the RFC, they are followed: only U+0020
 * counts as a space, nothing is removed as insignificant, a value of spaces is one space.
 * Its Unicode tables are of about version 3.2: younger letters it does not fold, here they are.
 * An illegal value is null.
 */

/** Which part of a substrings assertion a text is; `whole` for everything else. */
export type Piece = 'whole' | 'initial' | 'any' | 'final'

/** A directory string made comparable (syntax 1.3.6.1.4.1.1466.115.121.1.15); null if empty or not UTF-8. */
export function prepareDirectoryString(value: string, fold: boolean, piece: Piece): string | null {
  if (value === '' || !value.isWellFormed()) return null
  const folded = fold ? Array.from(value, lowerCase).join('') : value
  const normal = folded.normalize('NFKC').replace(/ +/g, ' ')
  if (normal === ' ') return ' '
  const start = piece === 'any' || piece === 'final' ? normal : normal.replace(/^ /, '')
  return piece === 'any' || piece === 'initial' ? start : start.replace(/ $/, '')
}

/** An IA5 string made comparable (syntax 1.3.6.1.4.1.1466.115.121.1.26); null beyond ASCII. */
export function prepareIa5String(value: string, fold: boolean): string | null {
  if (!isAscii(value)) return null
  const folded = value.replace(/ +/g, ' ').replace(/^ | $/g, '')
  if (folded === '') return ' '
  return fold ? asciiLowerCase(folded) : folded
}

/** Lower case of A to Z, everything else untouched. */
export function asciiLowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Whether all characters are ASCII. */
export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}

/** Simple case mapping, character by character: never two characters for one, no regard to context. */
function lowerCase(character: string): string {
  // The only character whose full lower case is longer than its simple one.
  if (character === '\u0130') return 'i'
  return character.toLowerCase()
}
