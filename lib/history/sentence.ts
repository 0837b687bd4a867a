/**
 * sentence - a change in words: "Martha Okafor added the alias press@domain2.me to John Doe".
 *
 * One sentence without its full stop, from what differs. Long values are cut, many are counted: the rest is
 * on the page of the change. Each way to say it is a phrase of its own, so that every language has its own order
 * of words. Pure.
 */
import { formatQuota } from '@/lib/entries/quota'
import type { Schema } from '@/lib/ldap/schema'
import { allOf } from '@/lib/words/sentences'
import type { Messages, Phrase, Text } from '@/lib/words/text'
import { attributeWord } from './attribute-words'
import { differencesOf, type ShownDifference } from './difference'
import { type HistoryEntry, mentionedValues, nameValueOf } from './history-entry'
import { nameAfter } from './inverse'

const LONGEST = 64
const MOST_VALUES = 2
const MOST_PARTS = 3

/** What was done to one attribute: said alone in a sentence, or as a part of one. */
interface Part {
  readonly verb: Exclude<keyof Messages['history']['part'], 'more'>
  readonly values: Readonly<Record<string, Text>>
}

/** The sentence for a change that `who` made to the entry called `name`. */
export function sentenceOf(entry: HistoryEntry, who: Text, name: string, schema: Schema): Phrase {
  switch (entry.type) {
    case 'add':
      return { key: 'history.sentence.created', values: { who, kind: kindOf(entry), name } }
    case 'delete':
      return { key: 'history.sentence.deleted', values: { who, kind: kindOf(entry), name } }
    case 'modifyDn': {
      const to = nameValueOf(nameAfter(entry) ?? '')
      return { key: 'history.sentence.renamed', values: { who, from: nameValueOf(entry.dn), to } }
    }
    case 'modify': {
      const parts = differencesOf(entry, schema).map(partOf)
      const [first] = parts
      if (first === undefined) return { key: 'history.sentence.same', values: { who, name } }
      if (parts.length === 1)
        return { key: `history.sentence.${first.verb}`, values: { who, name, ...first.values } }
      return { key: 'history.sentence.several', values: { who, name, what: whatOf(parts) } }
    }
  }
}

function whatOf(parts: readonly Part[]): Text {
  const said = parts
    .slice(0, MOST_PARTS)
    .map(({ verb, values }): Phrase => ({ key: `history.part.${verb}`, values }))
  const rest = parts.length - said.length
  return allOf(rest === 0 ? said : [...said, { key: 'history.part.more', values: { count: rest } }])
}

function kindOf(entry: HistoryEntry): Phrase {
  const classes = mentionedValues(entry, 'objectClass').map((value) => value.toLowerCase())
  if (classes.includes('postfixbookmailaccount')) return { key: 'history.kind.mailbox' }
  return { key: classes.includes('dnsdomain') ? 'history.kind.domain' : 'history.kind.entry' }
}

function partOf(difference: ShownDifference): Part {
  const { attribute, concealed, oldUnknown } = difference
  const removed = difference.removed.map((value) => readable(attribute, value))
  const added = difference.added.map((value) => readable(attribute, value))
  const what = attributeWord(attribute, 'the')
  const [from = '', to = ''] = [removed[0], added[0]]
  if (concealed) return { verb: 'changed', values: { what } }
  if (attribute.toLowerCase() === 'mailenabled' && added.length === 1)
    return { verb: to === 'FALSE' ? 'disabled' : 'enabled', values: {} }
  if (oldUnknown)
    return added.length === 1
      ? { verb: 'changedTo', values: { what, to: cut(to) } }
      : { verb: 'changed', values: { what } }
  if (removed.length === 1 && added.length === 1)
    return { verb: 'changedFromTo', values: { what, from: cut(from), to: cut(to) } }
  if (removed.length === 0) return { verb: 'added', values: { what: things(attribute, added) } }
  if (added.length === 0) return { verb: 'removed', values: { what: things(attribute, removed) } }
  const many = attributeWord(attribute, 'many')
  return { verb: 'changed', values: { what: { key: 'history.value.all', values: { many } } } }
}

function things(attribute: string, values: readonly Text[]): Phrase {
  const [value = ''] = values
  if (values.length === 1) {
    const the = attributeWord(attribute, 'the')
    return { key: 'history.value.one', values: { the, value: cut(value) } }
  }
  const many = attributeWord(attribute, 'many')
  return values.length <= MOST_VALUES
    ? { key: 'history.value.several', values: { many, values: allOf(values.map(cut)) } }
    : { key: 'history.value.many', values: { many, count: values.length } }
}

/** A size as people write it; anything else as it stands. */
function readable(attribute: string, value: Text): Text {
  return attribute.toLowerCase() === 'mailquota' && typeof value === 'string' ? formatQuota(value) : value
}

function cut(value: Text): Text {
  if (typeof value !== 'string' || value.length <= LONGEST) return value
  return `${value.slice(0, LONGEST - 1)}…`
}
