/**
 * generated-mailboxes - any number of believable mailboxes and the domains they are spread over.
 *
 * The same number gives the same mailboxes; a larger number begins with those of a smaller one only where the
 * number of domains is the same. Every address is used once. Generated domains have postmaster@ and abuse@.
 */
import { SAMPLE_DOMAINS, type SampleDomain, type SamplePerson } from './sample-people'

const GIVEN_NAMES =
  `Ada Adam Agnes Ahmed Aisha Alan Alice Amara Amir Ana Anders Andrea Anita Anna Arne Astrid Ayumi Ben Bianca
  Bjarne Bruno Carla Carlos Carmen Chiara Claire Colm Dagmar Daniel Daria David Diego Dora Edda Elena Elias Elif
  Emil Emma Erik Esther Eva Fatima Felix Fiona Frank Freya Gita Greta Hana Hannah Harald Hassan Helen Hugo Ida
  Igor Ines Ivan Jakub Jana Jens Joana Johan Jorge Julia Kai Karim Karin Katya Klara Lars Laura Layla Leo Lina
  Liam Lucia Luka Magda Maja Marco Maria Marta Max Mei Mia Milan Mona Nadia Nils Nina Noah Nora Olga Omar Oscar
  Paula Petra Pia Rafael Rana Rosa Samir Sara Selma Silas Sofia Stefan Sunita Sven Tara Teresa Theo Tilda Vera
  Viktor Wanda Yara Yusuf Zeno`.split(/\s+/)
/** None is a given name above, so that a name turned round is never somebody else's. */
const SURNAMES =
  `Abbott Adler Ahlberg Almeida Amsel Andersen Aydin Baker Banerjee Barros Bauer Becker Bell Berg Bianchi Blake
  Brandl Byrne Carter Castro Chen Clarke Conti Costa Cruz Dahl Dietrich Dimitrov Dubois Egger Eklund Engel Evans
  Falk Farkas Ferrari Fischer Fontaine Foster Fuchs Garcia Gill Graf Greco Gupta Haas Hahn Hall Hansen Hart
  Hartmann Heller Hoffmann Holm Horvat Hughes Ibrahim Ivanov Jansen Jensen Jung Kaiser Kamara Kaya Keller Khan Kim
  Klein Koch Kovac Kraus Kumar Lang Larsen Leclerc Lehmann Lind Lopez Lorenz Maier Malik Martin Mayer Meier
  Mendes Moreau Moser Nagy Nielsen Nilsson Oliveira Olsen Ortega Parker Patel Peters Popescu Price Quinn Ramos
  Reyes Richter Rossi Roth Santos Sato Schmidt Schulz Shah Silva Simon Smit Stein Suzuki Svensson Takacs Thomas
  Torres Turner Urban Varga Vogel Wagner Walker Weber Weiss Winter Wolf Wright Yamada Young Zeller Ziegler`.split(
    /\s+/,
  )
const ADJECTIVES =
  `alpine amber autumn blue bright cedar clear copper coral eastern evergreen golden granite green harbour hidden
  highland ivory juniper lakeside linden maple meadow northern old quiet river silver stone sunny upland western
  white willow winter`.split(/\s+/)
const NOUNS =
  `academy atelier bakery bikes brewery carpentry ceramics clinic consulting design energy farm foundry garden
  gallery hotel instruments kitchen library logistics machines mills museum music optics orchard press print
  school software tea textiles tools travel wines works`.split(/\s+/)

const MAILBOXES_PER_DOMAIN = 2_500
const PAIRS = GIVEN_NAMES.length * SURNAMES.length
/** Prime, so that stepping by it visits every pair of names before one comes again. */
const PAIR_STRIDE = 7_919
const DOMAIN_STRIDE = 4_093
const KILOBYTES = [524_288, 1_048_576, 2_097_152, 4_194_304]

/** The domains that are added to those of the sample data. */
export function generatedDomains(mailboxes: number): SampleDomain[] {
  const count = Math.min(Math.ceil(mailboxes / MAILBOXES_PER_DOMAIN), ADJECTIVES.length * NOUNS.length)
  return Array.from({ length: count }, (_, index) => {
    // 35 and 36 words have no common divisor: 1,260 different pairs.
    const adjective = pick(ADJECTIVES, index)
    const noun = pick(NOUNS, index)
    return { name: `${adjective}-${noun}.example`, description: `The ${adjective} ${noun}` }
  })
}

/** The mailboxes, one after another. */
export function* generatedMailboxes(count: number): Generator<SamplePerson> {
  const added = generatedDomains(count).map((domain) => domain.name)
  const names = [...added, ...SAMPLE_DOMAINS.map((domain) => domain.name)]
  const withoutPostmaster = new Set(added)
  for (let index = 0; index < count; index += 1) {
    const pair = (index * PAIR_STRIDE) % PAIRS
    const round = Math.floor(index / PAIRS)
    const givenName = pick(GIVEN_NAMES, pair)
    const sn = pick(SURNAMES, Math.floor(pair / GIVEN_NAMES.length))
    const number = round === 0 ? '' : String(round + 1)
    const uid = `${givenName}.${sn}${number}`.toLowerCase()
    const domain = pick(names, index * DOMAIN_STRIDE)
    const aliases: string[] = []
    if (withoutPostmaster.delete(domain)) aliases.push(`postmaster@${domain}`, `abuse@${domain}`)
    if (index % 3 === 0) aliases.push(`${sn}.${givenName}${number}@${domain}`.toLowerCase())
    if (index % 7 === 0) aliases.push(`${uid}@${pick(names, index * DOMAIN_STRIDE + 1)}`)
    yield {
      uid,
      givenName,
      sn,
      mail: `${uid}@${domain}`,
      quota: pick(KILOBYTES, Math.floor(index / 5)),
      enabled: index % 97 !== 96,
      ...(aliases.length === 0 ? {} : { aliases }),
    }
  }
}

function pick<T>(list: readonly T[], index: number): T {
  const chosen = list[index % list.length]
  if (chosen === undefined) throw new RangeError('Nothing to pick from.')
  return chosen
}
