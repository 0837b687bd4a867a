/**
 * format-message - formats a message at the server, written in ICU MessageFormat or compiled.
 *
 * next.config.ts puts this in the place of use-intl's own formatter, because the browser gets compiled messages
 * (compiled-messages.ts) and no parser for them: components of the browser are drawn at the server with the same
 * compiled messages, the server's own components with messages as written. Fails as use-intl does.
 */
import compile from 'icu-minify/compile'
import formatCompiled from 'use-intl/format-message/format-only'

type Format = typeof formatCompiled
type Compiled = Parameters<Format>[1]

const compiled = new Map<string, Compiled>()

/** Formats a message with its values. */
export default function formatMessage(...parameters: Parameters<Format>): ReturnType<Format> {
  const [key, message, ...rest] = parameters
  return formatCompiled(key, typeof message === 'string' ? compiledOf(message) : message, ...rest)
}

function compiledOf(message: string): Compiled {
  const known = compiled.get(message)
  if (known !== undefined) return known
  const made = compile(message)
  compiled.set(message, made)
  return made
}
