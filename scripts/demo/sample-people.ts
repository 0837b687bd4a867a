/**
 * sample-people - who and what is in the demo directory: domains, people, mailboxes. Data only.
 *
 * Names are invented; the two added domains are under .example (RFC 2606), where no mail can go.
 * Three faults are there on purpose, for whoever looks for faults:
 *   - an alias in a domain that is not hosted: orders@birkenhof-shop.example (Anneliese Bäcker);
 *   - an alias that shadows a mailbox: mary.brown@domain1.net is an alias of Tom Fletcher, so Mary gets nothing;
 *   - quayside-books.example has no postmaster@ (RFC 2142 section 5).
 */
export type SampleRole = 'postmaster' | 'domain administrator' | 'mailbox owner'

export interface SamplePerson {
  readonly uid: string
  readonly givenName: string
  readonly sn: string
  readonly mail: string
  readonly aliases?: readonly string[]
  /** Distribution lists the mailbox belongs to. */
  readonly groups?: readonly string[]
  /** Kilobytes. */
  readonly quota?: number
  readonly enabled?: boolean
  /** With one, the entry is a PostfixBookMailForward too. */
  readonly forwardTo?: string
  readonly title?: string
  readonly telephone?: string
}

export interface SampleDomain {
  readonly name: string
  readonly description: string
  /** The uid of the person who administers it. */
  readonly administrator?: string
}

export interface SampleLogin {
  readonly role: SampleRole
  readonly uid: string
  readonly password: string
}

/** The three people that a visitor of the demo signs in as. */
export const SAMPLE_LOGINS: readonly SampleLogin[] = [
  { role: 'postmaster', uid: 'mokafor', password: 'demo-postmaster' },
  { role: 'domain administrator', uid: 'isorensen', password: 'demo-administrator' },
  { role: 'mailbox owner', uid: 'johndoe', password: 'demo-owner' },
]

/** Of everybody who has no login of their own above. */
export const COMMON_PASSWORD = 'demo-owner'

/** The uids of the members of cn=postmasters. */
export const SAMPLE_POSTMASTERS: readonly string[] = ['mokafor']

export const SAMPLE_DOMAINS: readonly SampleDomain[] = [
  { name: 'domain1.net', description: 'Head office' },
  { name: 'domain2.me', description: 'Design studio', administrator: 'isorensen' },
  { name: 'birkenhof.example', description: 'Organic farm and farm shop' },
  { name: 'quayside-books.example', description: 'Bookshop at the harbour', administrator: 'isorensen' },
]

const GIGABYTE = 1_048_576

export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  // domain1.net
  {
    uid: 'johndoe',
    givenName: 'John',
    sn: 'Doe',
    mail: 'johndoe@domain1.net',
    aliases: ['superjohn@domain2.me'],
    groups: ['staff@domain1.net'],
    quota: GIGABYTE,
    title: 'Sales',
    telephone: '+49 30 5550 101',
  },
  {
    uid: 'mokafor',
    givenName: 'Martha',
    sn: 'Okafor',
    mail: 'martha.okafor@domain1.net',
    aliases: [
      'postmaster@domain1.net',
      'abuse@domain1.net',
      'hostmaster@domain1.net',
      'postmaster@domain2.me',
      'abuse@domain2.me',
    ],
    groups: ['staff@domain1.net'],
    quota: 4 * GIGABYTE,
    title: 'Systems administration',
    telephone: '+49 30 5550 100',
  },
  {
    uid: 'mbrown',
    givenName: 'Mary',
    sn: 'Brown',
    mail: 'mary.brown@domain1.net',
    aliases: ['mary@domain1.net'],
    groups: ['staff@domain1.net'],
    quota: GIGABYTE,
    title: 'Accounts',
  },
  {
    uid: 'tfletcher',
    givenName: 'Tom',
    sn: 'Fletcher',
    mail: 'tom.fletcher@domain1.net',
    aliases: ['tom@domain1.net', 'mary.brown@domain1.net'],
    groups: ['staff@domain1.net'],
    quota: GIGABYTE,
    title: 'Accounts',
  },
  {
    uid: 'jkoehler',
    givenName: 'Jürgen',
    sn: 'Köhler',
    mail: 'juergen.koehler@domain1.net',
    aliases: ['j.koehler@domain1.net', 'sales@domain1.net'],
    groups: ['staff@domain1.net', 'sales-team@domain1.net'],
    quota: 2 * GIGABYTE,
    title: 'Sales',
  },
  {
    uid: 'amarchetti',
    givenName: 'Alessia',
    sn: 'Marchetti',
    mail: 'alessia.marchetti@domain1.net',
    aliases: ['sales@domain1.net'],
    groups: ['staff@domain1.net', 'sales-team@domain1.net'],
    quota: 2 * GIGABYTE,
    title: 'Sales',
  },
  {
    uid: 'pnovak',
    givenName: 'Pavel',
    sn: 'Novák',
    mail: 'pavel.novak@domain1.net',
    quota: GIGABYTE,
    enabled: false,
    title: 'Left in spring; mailbox disabled',
  },
  {
    uid: 'rfeldmann',
    givenName: 'Ruth',
    sn: 'Feldmann',
    mail: 'ruth.feldmann@domain1.net',
    aliases: ['r.feldmann@domain1.net'],
    forwardTo: 'ruth.feldmann@post.example.org',
    title: 'On leave; mail is forwarded',
  },
  {
    uid: 'dhaddad',
    givenName: 'Dina',
    sn: 'Haddad',
    mail: 'dina.haddad@domain1.net',
    aliases: ['support@domain1.net', 'helpdesk@domain1.net'],
    groups: ['staff@domain1.net'],
    quota: 2 * GIGABYTE,
    title: 'Support',
  },
  {
    uid: 'ktanaka',
    givenName: 'Kenji',
    sn: 'Tanaka',
    mail: 'kenji.tanaka@domain1.net',
    groups: ['staff@domain1.net'],
    quota: GIGABYTE,
    title: 'Development',
  },
  {
    uid: 'lwojcik',
    givenName: 'Łukasz',
    sn: 'Wójcik',
    mail: 'lukasz.wojcik@domain1.net',
    aliases: ['lukasz@domain1.net'],
    quota: GIGABYTE,
    title: 'Development',
  },
  // domain2.me
  {
    uid: 'isorensen',
    givenName: 'Ingrid',
    sn: 'Sørensen',
    mail: 'ingrid@domain2.me',
    aliases: ['studio@domain2.me', 'hello@domain2.me'],
    quota: 4 * GIGABYTE,
    title: 'Head of the studio',
    telephone: '+45 55 50 12 00',
  },
  {
    uid: 'zpetit',
    givenName: 'Zoë',
    sn: 'Petit',
    mail: 'zoe@domain2.me',
    aliases: ['zoe.petit@domain2.me'],
    quota: 2 * GIGABYTE,
    title: 'Illustration',
  },
  {
    uid: 'flefevre',
    givenName: 'François',
    sn: 'Lefèvre',
    mail: 'francois@domain2.me',
    aliases: ['press@domain2.me'],
    quota: 2 * GIGABYTE,
    title: 'Typography',
  },
  { uid: 'aosei', givenName: 'Abena', sn: 'Osei', mail: 'abena@domain2.me', quota: GIGABYTE },
  {
    uid: 'mruiz',
    givenName: 'Mateo',
    sn: 'Ruiz Peña',
    mail: 'mateo@domain2.me',
    aliases: ['invoices@domain2.me'],
    quota: GIGABYTE,
    title: 'Bookkeeping',
  },
  {
    uid: 'sgunnarsdottir',
    givenName: 'Sigrún',
    sn: 'Gunnarsdóttir',
    mail: 'sigrun@domain2.me',
    quota: GIGABYTE,
    title: 'Photography',
  },
  // birkenhof.example
  {
    uid: 'abaecker',
    givenName: 'Anneliese',
    sn: 'Bäcker',
    mail: 'anneliese@birkenhof.example',
    aliases: [
      'info@birkenhof.example',
      'postmaster@birkenhof.example',
      'abuse@birkenhof.example',
      'orders@birkenhof-shop.example',
    ],
    quota: 2 * GIGABYTE,
    title: 'Farm shop',
  },
  {
    uid: 'gbaecker',
    givenName: 'Georg',
    sn: 'Bäcker',
    mail: 'georg@birkenhof.example',
    aliases: ['farm@birkenhof.example'],
    quota: GIGABYTE,
    title: 'Farmer',
  },
  {
    uid: 'hyilmaz',
    givenName: 'Hülya',
    sn: 'Yılmaz',
    mail: 'huelya@birkenhof.example',
    aliases: ['cheese@birkenhof.example'],
    quota: GIGABYTE,
    title: 'Dairy',
  },
  { uid: 'jbrandt', givenName: 'Jonas', sn: 'Brandt', mail: 'jonas@birkenhof.example', quota: 512_000 },
  // quayside-books.example
  {
    uid: 'egallagher',
    givenName: 'Eoin',
    sn: 'Gallagher',
    mail: 'eoin@quayside-books.example',
    aliases: ['shop@quayside-books.example', 'abuse@quayside-books.example'],
    quota: 2 * GIGABYTE,
    title: 'Owner of the shop',
    telephone: '+353 1 555 0142',
  },
  {
    uid: 'nmurphy',
    givenName: 'Niamh',
    sn: 'Murphy',
    mail: 'niamh@quayside-books.example',
    aliases: ['events@quayside-books.example'],
    quota: GIGABYTE,
    title: 'Readings and events',
  },
  {
    uid: 'vdasilva',
    givenName: 'Vitória',
    sn: 'da Silva',
    mail: 'vitoria@quayside-books.example',
    quota: GIGABYTE,
  },
  {
    uid: 'bwhitaker',
    givenName: 'Beatrix',
    sn: 'Whitaker',
    mail: 'beatrix@quayside-books.example',
    aliases: ['antiquarian@quayside-books.example'],
    quota: GIGABYTE,
    title: 'Antiquarian books',
  },
  { uid: 'xli', givenName: 'Xiaomei', sn: 'Li', mail: 'xiaomei@quayside-books.example', quota: GIGABYTE },
]
