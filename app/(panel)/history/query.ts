import { z } from 'zod'

const day = z.iso.date().catch('')

/** The state of the history in the URL; anything odd falls back to no filter. */
export const historyQuery = z.object({
  person: z.string().trim().max(400).catch(''),
  entry: z.string().trim().max(400).catch(''),
  address: z.string().trim().max(320).catch(''),
  from: day,
  to: day,
  before: z
    .string()
    .regex(/^\d{14}(\.\d{1,6})?Z$/)
    .catch(''),
})

/** The id of a change: a time of the log. */
export const changeId = z.string().regex(/^\d{14}(\.\d{1,6})?Z$/)
