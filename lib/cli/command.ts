/**
 * command - what a command of `postbook` is: a name, what `--help` says, and a function from arguments to output.
 *
 * A command never writes or exits by itself, so that it can be tested; the frame in postbook.ts does both.
 */
export interface CommandOutput {
  /** Octets, because lookup results may be none of UTF-8. */
  readonly stdout: Uint8Array | string
  /** Lines without `postbook: `. */
  readonly stderr: readonly string[]
  readonly exitCode: number
}

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What `postbook NAME --help` prints. */
  readonly usage: string
  /** Arguments are as in octets.ts. Throws a ConfigurationProblem for a wrong setting. */
  run(parameters: readonly string[], input: () => Promise<Uint8Array>): Promise<CommandOutput>
}
