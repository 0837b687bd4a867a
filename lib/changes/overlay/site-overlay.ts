/**
 * site-overlay - what the site's tables are opened with to answer as after a change.
 *
 * Files as they are, and each table's own directory with the change laid over it. Tables with equal settings
 * share one overlay, so that the touched entries are read once. A lookup result says only that a search
 * failed; why it could not be predicted is put into `reasons`, for people.
 */
import 'server-only'
import type { ChangeRecord } from '@/lib/ldap/change-record'
import type { DirectoryView } from '@/lib/ldap/directory-view'
import type { Schema } from '@/lib/ldap/schema'
import type { SeenByAccount } from './seen-by-account'
import type { TableAccess } from '@/lib/postfix/table-access'
import type { Text } from '@/lib/words/text'
import { overlayDirectory } from './overlay'
import { isUnpredictable } from './pending-entries'

/** Turns access to the state before the change into access to the state after it. */
export function overlayAccess(
  changes: readonly ChangeRecord[],
  schema: Schema,
  reasons: Map<string, Text>,
  seen: SeenByAccount,
): (access: TableAccess) => TableAccess {
  const views = new Map<string, DirectoryView>()
  return (access) => ({
    ...access,
    openDirectory: (settings) => {
      const key = JSON.stringify(settings)
      const known = views.get(key)
      if (known !== undefined) return known
      const live = access.openDirectory(settings)
      const see = () => seen.see(settings, live)
      const view = explaining(overlayDirectory(live, changes, schema, see), reasons)
      views.set(key, view)
      return view
    },
  })
}

function explaining(view: DirectoryView, reasons: Map<string, Text>): DirectoryView {
  return {
    ready: () => view.ready(),
    search: async (request) => {
      const result = await view.search(request)
      if (isUnpredictable(result)) reasons.set(result.diagnostic, result.reason)
      return result
    },
  }
}
