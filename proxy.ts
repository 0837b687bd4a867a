/**
 * proxy - runs before each page: prolongs the session of whoever is at work (lib/auth/session-cookie.ts).
 *
 * It lets everything pass. Who may see what is decided where the data is read, never here.
 */
export { prolongSession as proxy } from '@/lib/auth/session-cookie'

export const config = { matcher: ['/((?!api/|_next/|icon\\.svg).*)'] }
