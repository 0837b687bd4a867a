import edit from './de/edit.json'
import shell from './de/shell.json'

/** Every text of the panel in German, a file for each namespace. */
export const german = { edit, shell }
