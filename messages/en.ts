import edit from './en/edit.json'
import shell from './en/shell.json'

/** Every text of the panel in English, a file for each namespace. */
export const english = { edit, shell }
