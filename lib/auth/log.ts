/** log - the panel's log of sign-ins and refusals: JSON lines on standard output, never a password. */
import 'server-only'
import { pino } from 'pino'

export const log = pino({ name: 'postbook', base: null })
