/**
 * configuration-problem - a setting that is missing or wrong, as something to throw and to show.
 */
import 'server-only'

/** What a person who sets up Postbook has to put right. */
export interface SettingProblem {
  readonly setting: string
  readonly sentence: string
}

/** Thrown for a wrong setting. Its message is the sentence. */
export class ConfigurationProblem extends Error {
  readonly setting: string

  constructor(problem: SettingProblem) {
    super(problem.sentence)
    this.name = 'ConfigurationProblem'
    this.setting = problem.setting
  }
}
