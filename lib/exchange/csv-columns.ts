/**
 * csv-columns - what the columns of an imported or exported table of mailboxes can mean. Pure, free of zod.
 *
 * The names in the first line of a file are guessed at in English and German, without regard to case, blanks and
 * signs; a person corrects the guess. Nothing here fails: a column that is not known is left out.
 */

/** Fields of a mailbox that a column can hold, in the order of an export. */
export const COLUMN_FIELDS = [
  'mail',
  'uid',
  'cn',
  'givenName',
  'sn',
  'displayName',
  'aliases',
  'mailForwardingAddress',
  'mailQuota',
  'mailEnabled',
  'mailHomeDirectory',
  'mailStorageDirectory',
  'mailUidNumber',
  'mailGidNumber',
  'telephoneNumber',
  'title',
  'description',
  'userPassword',
] as const

export type ColumnField = (typeof COLUMN_FIELDS)[number]

/** For each column of a file the field that it holds; null is left out. */
export type ColumnMapping = readonly (ColumnField | null)[]

const NAMES: Readonly<Record<ColumnField, readonly string[]>> = {
  mail: [
    'mail',
    'email',
    'address',
    'mailaddress',
    'emailaddress',
    'adresse',
    'mailadresse',
    'primarymail',
    'username@domain',
  ],
  uid: ['uid', 'user', 'username', 'login', 'account', 'benutzer', 'benutzername', 'kennung'],
  cn: ['cn', 'name', 'fullname', 'vollername', 'commonname'],
  givenName: ['givenname', 'firstname', 'vorname', 'first'],
  sn: ['sn', 'surname', 'lastname', 'familyname', 'nachname', 'familienname', 'last'],
  displayName: ['displayname', 'anzeigename'],
  aliases: ['alias', 'aliases', 'mailalias', 'mailaliases', 'aliase', 'otheraddresses'],
  mailForwardingAddress: ['forward', 'forwarding', 'forwardto', 'mailforwardingaddress', 'weiterleitung'],
  mailQuota: ['quota', 'mailquota', 'size', 'speicherplatz', 'kontingent'],
  mailEnabled: ['enabled', 'mailenabled', 'active', 'aktiv', 'state'],
  mailHomeDirectory: ['home', 'homedirectory', 'mailhomedirectory'],
  mailStorageDirectory: ['storage', 'storagedirectory', 'mailstoragedirectory', 'maildir'],
  mailUidNumber: ['uidnumber', 'mailuidnumber'],
  mailGidNumber: ['gidnumber', 'mailgidnumber'],
  telephoneNumber: ['telephone', 'telephonenumber', 'phone', 'telefon'],
  title: ['title', 'jobtitle', 'titel', 'position'],
  description: ['description', 'note', 'comment', 'beschreibung', 'bemerkung'],
  userPassword: ['userpassword', 'passwordhash', 'hash', 'password', 'passwort', 'kennwort'],
}

/** What the columns of these names most likely hold; each field at most once. */
export function suggestMapping(names: readonly string[]): ColumnMapping {
  const used = new Set<ColumnField>()
  return names.map((name) => {
    const plain = name.toLowerCase().replace(/[^a-z0-9@]/g, '')
    const field = COLUMN_FIELDS.find((one) => !used.has(one) && NAMES[one].includes(plain)) ?? null
    if (field !== null) used.add(field)
    return field
  })
}

/** Whether a text names a field. */
export function isColumnField(text: string): text is ColumnField {
  return COLUMN_FIELDS.some((field) => field === text)
}

/** The first line of a file in our own words: the template, and exports. */
export const TEMPLATE_ROWS: readonly (readonly string[])[] = [
  ['mail', 'uid', 'givenName', 'sn', 'cn', 'aliases', 'mailForwardingAddress', 'mailQuota', 'mailEnabled'],
  [
    'ada@example.net',
    'ada',
    'Ada',
    'Lovelace',
    'Ada Lovelace',
    'a.lovelace@example.net countess@example.net',
    '',
    '2 GB',
    'yes',
  ],
  ['charles@example.net', '', 'Charles', 'Babbage', '', '', '', '', ''],
]
