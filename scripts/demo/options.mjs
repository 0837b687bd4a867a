/**
 * options - what `npm run demo -- …` was asked to do.
 *
 * Read before any npm package is there, so plain JavaScript. A refusal is one sentence.
 */

/**
 * @typedef {object} DemoOptions
 * @property {number} port of the panel
 * @property {number | undefined} mailboxes generated ones, for a new directory
 * @property {boolean} reset
 * @property {boolean} directoryOnly
 */

/**
 * @typedef {{ readonly status: 'run', readonly options: Readonly<DemoOptions> }
 *   | { readonly status: 'help' }
 *   | { readonly status: 'refused', readonly sentence: string }} ParsedOptions
 */

export const MOST_MAILBOXES = 500_000

export const HELP = `npm run demo [-- OPTION…]

Makes a demo directory in .demo/ (a slapd of its own, with sample data), builds the panel and starts both.
A second run takes the data as it was left. Ctrl-C stops panel and directory.

  --port N           port of the panel (3000)
  --mailboxes N      make the directory with N generated mailboxes more, at most ${MOST_MAILBOXES}
  --reset            throw the directory away and make it anew
  --directory-only   start just the directory
  --help             this text
`

/**
 * Parses the words after the script's name. `npmVariables` are npm's own: where someone forgot the -- between
 * `npm run demo` and our options, npm has taken them for its own and they would have no effect.
 * @param {readonly string[]} words
 * @param {Readonly<Record<string, string | undefined>>} [npmVariables]
 * @returns {ParsedOptions}
 */
export function parseOptions(words, npmVariables = {}) {
  const strayed = ['port', 'mailboxes', 'reset', 'directory_only'].find(
    (name) => npmVariables[`npm_config_${name}`] !== undefined,
  )
  if (strayed !== undefined) {
    const option = `--${strayed.replace('_', '-')}`
    return refused(
      `Options come after a lone --, as in: npm run demo -- ${option}${takesNumber(option) ? ' N' : ''}`,
    )
  }
  /** @type {DemoOptions} */
  const options = { port: 3000, mailboxes: undefined, reset: false, directoryOnly: false }
  const rest = words.flatMap((word) => (/^--[^=]+=/.test(word) ? splitOnce(word) : [word]))
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help' || word === '-h') return { status: 'help' }
    else if (word === '--reset') options.reset = true
    else if (word === '--directory-only') options.directoryOnly = true
    else if (word === '--port') {
      const port = wholeNumber(rest.shift(), 65_535)
      if (port === undefined) return refused('--port takes a number from 1 to 65535.')
      options.port = port
    } else if (word === '--mailboxes') {
      const mailboxes = wholeNumber(rest.shift(), MOST_MAILBOXES)
      if (mailboxes === undefined) return refused(`--mailboxes takes a number from 1 to ${MOST_MAILBOXES}.`)
      options.mailboxes = mailboxes
    } else return refused(`${word} is not an option; npm run demo -- --help lists them.`)
  }
  return { status: 'run', options }
}

/**
 * @param {string} sentence
 * @returns {ParsedOptions}
 */
function refused(sentence) {
  return { status: 'refused', sentence }
}

/**
 * @param {string} option
 * @returns {boolean}
 */
function takesNumber(option) {
  return option === '--port' || option === '--mailboxes'
}

/**
 * @param {string} word
 * @returns {string[]}
 */
function splitOnce(word) {
  const at = word.indexOf('=')
  return [word.slice(0, at), word.slice(at + 1)]
}

/**
 * @param {string | undefined} word
 * @param {number} most
 * @returns {number | undefined} from 1 to `most`
 */
function wholeNumber(word, most) {
  if (word === undefined || !/^[0-9]{1,9}$/.test(word)) return undefined
  const number = Number(word)
  return number >= 1 && number <= most ? number : undefined
}
