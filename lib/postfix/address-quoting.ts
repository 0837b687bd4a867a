/**
 * address-quoting - an address between internal form (`john doe@d`) and external form (`"john doe"@d`).
 *
 * The domain is what follows the last `@`; the local part is quoted as a whole or not at all. Characters above
 * U+007F need no quotes. Never fails; unquoting what was quoted gives the same address.
 *
 * Authority: RFC 822 section 6.1; quote_822_local, unquote_822_local (quote_822_local.c).
 */

const SPECIALS = new Set('()<>@,;:\\".[]')

/** External form. An address without `@` is a local part. */
export function quoteAddress(internal: string): string {
  const at = internal.lastIndexOf('@')
  const localpart = at === -1 ? internal : internal.slice(0, at)
  const domain = at === -1 ? '' : internal.slice(at)
  if (isDotString(localpart)) return internal
  return `"${localpart.replace(/["\\\r]/g, '\\$&')}"${domain}`
}

/** Internal form: quotes and backslashes of the local part taken away. */
export function unquoteAddress(external: string): string {
  const at = external.lastIndexOf('@')
  const localpart = at === -1 ? external : external.slice(0, at)
  const domain = at === -1 ? '' : external.slice(at)
  return localpart.replace(/\\(.?)|"/gs, (_, escaped: string | undefined) => escaped ?? '') + domain
}

/** Whether a local part can stand without quotes: words of ordinary characters between single dots. */
function isDotString(localpart: string): boolean {
  if (localpart === '' || localpart.startsWith('.') || localpart.endsWith('.')) return false
  if (localpart.includes('..')) return false
  for (const character of localpart) {
    const code = character.codePointAt(0) ?? 0
    if (code <= 0x20 || code === 0x7f || (character !== '.' && SPECIALS.has(character))) return false
  }
  return true
}
