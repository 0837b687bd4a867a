/**
 * postal-address - a postal address as lines of text, and as the directory holds it.
 *
 * RFC 4517 section 3.3.28: lines are separated by `$`; a `$` within a line is `\24`, a backslash `\5C`. Pure.
 */

/** The lines of a stored address. */
export function linesOfPostalAddress(value: string): string {
  return value
    .split('$')
    .map((line) => line.trim().replace(/\\(24|5c)/gi, (_, code: string) => (code === '24' ? '$' : '\\')))
    .join('\n')
}

/** What is stored for these lines; blank lines are left out. */
export function postalAddressOfLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim().replaceAll('\\', '\\5C').replaceAll('$', '\\24'))
    .filter((line) => line !== '')
    .join('$')
}
