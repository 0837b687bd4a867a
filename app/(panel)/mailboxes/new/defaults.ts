import 'server-only'
import { lockedFields } from '@/app/(panel)/mailboxes/locked-fields'
import type { requireStaff } from '@/lib/auth/current-authority'
import type { MailboxForm } from '@/lib/entries/mailbox'
import type { MailboxDefaults } from '@/lib/entries/mailbox-defaults'
import { mailboxDefaults } from '@/lib/lists/mailbox-defaults'

type Authority = Awaited<ReturnType<typeof requireStaff>>
type Learned = Awaited<ReturnType<typeof mailboxDefaults>>

/** The defaults for a new mailbox of a domain, without what the person may not set. */
export async function defaultsFor(authority: Authority, domain: string): Promise<Learned> {
  const learned = await mailboxDefaults(authority, domain)
  return learned.status === 'failed'
    ? learned
    : { status: 'learned', defaults: settable(authority.role, learned.defaults) }
}

/** Defaults or a form without the fields that a person of this role may not set. */
export function settable<Values extends MailboxDefaults | MailboxForm>(
  role: Authority['role'],
  values: Values,
): Values {
  return lockedFields(role).reduce((rest, field) => {
    if (!(field in rest)) return rest
    const value: unknown = rest[field as keyof Values]
    return { ...rest, [field]: typeof value === 'string' ? '' : [] }
  }, values)
}
