/**
 * environment-file - the settings of panel and command line as NAME=value lines.
 *
 * The text can be read by `node --env-file`, by a shell (`set -a; . .demo/env`) and by systemd alike: values
 * with anything but plain characters stand in single quotes, and no value of ours has a single quote in it.
 */
export type Settings = Readonly<Record<string, string>>

/** The text of the file. */
export function environmentText(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${/^[\w./:=,@+-]*$/.test(value) ? value : quoted(name, value)}\n`)
    .join('')
}

function quoted(name: string, value: string): string {
  if (/['\n]/.test(value)) throw new RangeError(`${name} has a quote or a line break in it.`)
  return `'${value}'`
}
