/**
 * sentence - a change in words: "Martha Okafor added the alias press@domain2.me to John Doe".
 *
 * One sentence without its full stop, from what differs. Long values are cut, many are counted: the rest is
 * on the page of the change.
 */
import type { Schema } from '@/lib/ldap/schema'
import { attributeWord } from './attribute-words'
import { differencesOf, type ShownDifference } from './difference'
import { type HistoryEntry, mentionedValues, nameValueOf } from './history-entry'
import { nameAfter } from './inverse'

const LONGEST = 64
const MOST_VALUES = 2
const MOST_PHRASES = 3

/** What a phrase says, and the word that joins it to the entry's name. */
interface Phrase {
  readonly text: string
  readonly link: 'to' | 'from' | 'of'
  /** What follows the name. */
  readonly tail: string
}

/** The sentence for a change that `who` made to the entry called `name`. */
export function sentenceOf(entry: HistoryEntry, who: string, name: string, schema: Schema): string {
  switch (entry.type) {
    case 'add':
      return `${who} added ${kindOf(entry)} ${name}`
    case 'delete':
      return `${who} deleted ${kindOf(entry)} ${name}`
    case 'modifyDn':
      return `${who} renamed ${nameValueOf(entry.dn)} to ${nameValueOf(nameAfter(entry) ?? '')}`
    case 'modify': {
      const phrases = differencesOf(entry, schema).map(phraseOf)
      const [first] = phrases
      if (first === undefined) return `${who} saved ${name} without a difference`
      if (phrases.length === 1) return `${who} ${first.text} ${first.link} ${name}${first.tail}`
      const said = phrases.slice(0, MOST_PHRASES).map(({ text, tail }) => `${text}${tail}`)
      const rest = phrases.length - said.length
      return `${who} changed ${name}: ${listed(rest === 0 ? said : [...said, `${rest} more`])}`
    }
  }
}

function kindOf(entry: HistoryEntry): string {
  const classes = mentionedValues(entry, 'objectClass').map((value) => value.toLowerCase())
  if (classes.includes('postfixbookmailaccount')) return 'the mailbox'
  return classes.includes('dnsdomain') ? 'the domain' : 'the entry'
}

function phraseOf(difference: ShownDifference): Phrase {
  const { attribute, removed, added, concealed, oldUnknown } = difference
  const word = attributeWord(attribute)
  if (concealed) return { text: `changed the ${word}`, link: 'of', tail: '' }
  if (attribute.toLowerCase() === 'mailenabled' && added.length === 1) {
    return { text: added[0] === 'FALSE' ? 'disabled sign-in' : 'enabled sign-in', link: 'of', tail: '' }
  }
  if (oldUnknown) {
    const tail = added.length === 1 ? ` to ${cut(added[0] ?? '')}` : ''
    return { text: `changed the ${word}`, link: 'of', tail }
  }
  if (removed.length === 1 && added.length === 1) {
    return {
      text: `changed the ${word}`,
      link: 'of',
      tail: ` from ${cut(removed[0] ?? '')} to ${cut(added[0] ?? '')}`,
    }
  }
  if (removed.length === 0) return { text: `added ${things(word, added)}`, link: 'to', tail: '' }
  if (added.length === 0) return { text: `removed ${things(word, removed)}`, link: 'from', tail: '' }
  return { text: `changed the ${plural(word)}`, link: 'of', tail: '' }
}

function things(word: string, values: readonly string[]): string {
  if (values.length === 1) return `the ${word} ${cut(values[0] ?? '')}`
  if (values.length <= MOST_VALUES) return `the ${plural(word)} ${listed(values.map(cut))}`
  return `${values.length} ${plural(word)}`
}

function plural(word: string): string {
  return /(s|ss|x)$/.test(word) ? `${word}es` : `${word}s`
}

function cut(value: string): string {
  return value.length <= LONGEST ? value : `${value.slice(0, LONGEST - 1)}…`
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}
