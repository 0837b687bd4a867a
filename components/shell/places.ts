/**
 * places - the places of the panel in their order, for the navigation, the command palette and its keys.
 *
 * `key` is pressed after g. A place that a role has no business in is left out there (Health and Setup are for
 * postmasters).
 */
const PLACES = [
  { name: 'overview', href: '/overview', key: 'o' },
  { name: 'domains', href: '/domains', key: 'd' },
  { name: 'mailboxes', href: '/mailboxes', key: 'm' },
  { name: 'aliases', href: '/aliases', key: 'a' },
  { name: 'requests', href: '/requests', key: 'r' },
  { name: 'plans', href: '/plans', key: 'p' },
  { name: 'lookups', href: '/lookups', key: 'l' },
  { name: 'history', href: '/history', key: 'h' },
  { name: 'health', href: '/health', key: 'e' },
  { name: 'setup', href: '/setup', key: 's' },
] as const

export type Place = (typeof PLACES)[number]

const FOR_POSTMASTERS: readonly Place['name'][] = ['health', 'setup']

const FOR_OTHERS = PLACES.filter(({ name }) => !FOR_POSTMASTERS.includes(name))

/** The places that somebody has business in. */
export function placesFor(isPostmaster: boolean): readonly Place[] {
  return isPostmaster ? PLACES : FOR_OTHERS
}
