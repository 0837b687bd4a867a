/**
 * entry-image - an entry before and after a change, and what differs.
 *
 * Images hold what the panel's own account reads, operational attributes included. Values compare as the
 * octets they are: a change of case is a change, and is shown. Password values never leave this file.
 */
import { type Entry, valuesOf } from '@/lib/ldap/entry'
import { isConcealed } from './concealment'
import type { AttributeDifference, EntryDifference } from './preview-result'

export interface EntryImage {
  /** null when the change adds the entry. */
  readonly before: Entry | null
  /** null when the change deletes the entry. */
  readonly after: Entry | null
}

export interface ValueDifference {
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** The values of an attribute that the change takes away and adds. */
export function valueDifference(image: EntryImage, attribute: string): ValueDifference {
  const before = image.before === null ? [] : valuesOf(image.before, attribute)
  const after = image.after === null ? [] : valuesOf(image.after, attribute)
  return {
    removed: before.filter((value) => !after.includes(value)),
    added: after.filter((value) => !before.includes(value)),
  }
}

/** The values of an attribute before or after, each once. */
export function eitherValues(image: EntryImage, attribute: string): readonly string[] {
  const before = image.before === null ? [] : valuesOf(image.before, attribute)
  const after = image.after === null ? [] : valuesOf(image.after, attribute)
  return [...new Set([...before, ...after])]
}

/** The DN to call the entry by: the new one, or the old one of an entry that goes. */
export function dnOf(image: EntryImage): string {
  return image.after?.dn ?? image.before?.dn ?? ''
}

/** Descriptions of all attributes that the entry has before or after, as first spelled. */
export function descriptionsOf(image: EntryImage): readonly string[] {
  const seen = new Map<string, string>()
  for (const attribute of [...(image.before?.attributes ?? []), ...(image.after?.attributes ?? [])]) {
    const name = attribute.description.toLowerCase()
    if (!seen.has(name)) seen.set(name, attribute.description)
  }
  return [...seen.values()]
}

/** Every table of the site asks it of the same images. */
const changedIn = new WeakMap<EntryImage, readonly string[]>()

/** Descriptions of the attributes whose values differ, passwords included. */
export function changedAttributes(image: EntryImage): readonly string[] {
  const known = changedIn.get(image)
  if (known !== undefined) return known
  const changed = descriptionsOf(image).filter((description) => differs(image, description))
  changedIn.set(image, changed)
  return changed
}

function differs(image: EntryImage, description: string): boolean {
  const before = image.before === null ? [] : valuesOf(image.before, description)
  const after = image.after === null ? [] : valuesOf(image.after, description)
  // What a change leaves alone is mostly one and the same list.
  if (before === after) return false
  return before.some((value) => !after.includes(value)) || after.some((value) => !before.includes(value))
}

/**
 * What differs, for people, entry by entry; entries that do not differ are left out. An attribute whose
 * values may not be shown stands there with none.
 */
export function entryDifferences(images: readonly EntryImage[]): readonly EntryDifference[] {
  return images.flatMap((image) => {
    const attributes: AttributeDifference[] = changedAttributes(image).map((attribute) =>
      isConcealed(attribute)
        ? { attribute, removed: [], added: [] }
        : { attribute, ...valueDifference(image, attribute) },
    )
    const renamed = image.before !== null && image.after !== null && image.before.dn !== image.after.dn
    if (renamed) attributes.unshift({ attribute: 'dn', removed: [image.before.dn], added: [image.after.dn] })
    return attributes.length === 0 ? [] : [{ dn: dnOf(image), attributes }]
  })
}
