/**
 * octets - LDAP values as JavaScript strings, without loss.
 *
 * An attribute value is an octet string (RFC 4511 section 4.1.5); nearly all are UTF-8 text. A value that
 * is valid UTF-8 is the string one expects. A byte that is not part of valid UTF-8 becomes the lone low
 * surrogate U+DC00 + byte (the technique of PEP 383), so that every octet string has exactly one string and
 * comes back unchanged. Thus a string is valid UTF-8 on the wire exactly if it is well-formed UTF-16.
 */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()
const ESCAPE_BASE = 0xdc00

/** The string for an octet string; bytes that are not UTF-8 become lone surrogates. Never fails. */
export function decodeOctets(octets: Uint8Array): string {
  try {
    return decoder.decode(octets)
  } catch {
    return decodeMixed(octets)
  }
}

/** The octet string for a string made by {@link decodeOctets} or for any well-formed text. */
export function encodeOctets(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text)
  const octets: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= ESCAPE_BASE + 0x80 && code <= ESCAPE_BASE + 0xff) octets.push(code - ESCAPE_BASE)
    else octets.push(...encoder.encode(character))
  }
  return Uint8Array.from(octets)
}

/** Whether the octets behind this string are valid UTF-8. */
export function isUtf8(text: string): boolean {
  return text.isWellFormed()
}

function decodeMixed(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length;) {
    const length = sequenceLength(octets, at)
    if (length === 0) {
      text += String.fromCharCode(ESCAPE_BASE + (octets[at] ?? 0))
      at += 1
    } else {
      text += decoder.decode(octets.subarray(at, at + length))
      at += length
    }
  }
  return text
}

/** Length of the valid UTF-8 sequence that starts at `at`, 0 if there is none. */
function sequenceLength(octets: Uint8Array, at: number): number {
  for (let length = 1; length <= 4 && at + length <= octets.length; length += 1) {
    try {
      if (decoder.decode(octets.subarray(at, at + length)).length > 0) return length
    } catch {
      continue
    }
  }
  return 0
}
