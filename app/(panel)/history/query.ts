import { z } from 'zod'

const day = z.iso.date().catch('')

/** The state of the history in the URL; anything odd falls back to no filter. */
export const historyQuery = z.object({
  person: z.string().trim().max(400).catch(''),
  entry: z.string().trim().max(400).catch(''),
  address: z.string().trim().max(320).catch(''),
  from: day,
  to: day,
  of: z.string().trim().max(100).catch(''),
  before: z
    .string()
    .regex(/^\d{14}(\.\d{1,6})?Z$/)
    .catch(''),
})

/** The name of a task or a commit. */
export const togetherId = z.string().max(100)

/** The id of a change: a time of the log. */
export const changeId = z.string().regex(/^\d{14}(\.\d{1,6})?Z$/)
