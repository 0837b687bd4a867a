/**
 * cross-origin - what every answer of this interface says to browsers of other origins (Fetch standard, CORS).
 *
 * Password managers also run as web pages. Nothing here looks at cookies, so that any origin may ask: the token in
 * the header is the whole authority.
 */
export const CROSS_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authentication, Content-Type',
  'Access-Control-Allow-Methods': 'POST, OPTIONS',
  'Cache-Control': 'no-store',
}
