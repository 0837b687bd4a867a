/**
 * approval - the shape of what a browser sends as a person's yes; anything else is refused whole. Pure.
 */
import { z } from 'zod'

/** The checksum of the preview that was seen, and the codes of the findings that were confirmed. */
export const approval = z.object({
  checksum: z.string().regex(/^[0-9a-f]{64}$/),
  confirmed: z.array(z.string().max(64)).max(64),
})
