/**
 * attribute-words - what people call an attribute. Attributes that are not of mail keep their own name. Pure.
 */
import type { Messages, Phrase } from '@/lib/words/text'

type Word = Exclude<keyof Messages['history']['attribute'], 'other'>

const WORDS: ReadonlyMap<string, Word> = new Map([
  ['mailalias', 'alias'],
  ['mail', 'address'],
  ['userpassword', 'password'],
  ['cn', 'fullName'],
  ['sn', 'familyName'],
  ['givenname', 'givenName'],
  ['displayname', 'displayName'],
  ['mailquota', 'quota'],
  ['mailforwardingaddress', 'forwardingAddress'],
  ['mailgroupmember', 'listMembership'],
  ['mailhomedirectory', 'homeDirectory'],
  ['mailstoragedirectory', 'storageDirectory'],
  ['mailenabled', 'signIn'],
  ['objectclass', 'objectClass'],
  ['associatedname', 'administrator'],
  ['telephonenumber', 'telephoneNumber'],
  ['uid', 'userName'],
  ['dc', 'domain'],
])

/**
 * The word for an attribute: alone, with its article as the object of a sentence, or in the plural without one
 * (languages differ in all three).
 */
export function attributeWord(attribute: string, form: 'word' | 'the' | 'many'): Phrase {
  const word = WORDS.get(attribute.toLowerCase())
  return word === undefined
    ? { key: `history.attribute.other.${form}`, values: { attribute } }
    : { key: `history.attribute.${word}.${form}` }
}
