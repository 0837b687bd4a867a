/** The other half of the random lists of changes, with other random numbers. */
import { testRandomLists } from './random-lists'

testRandomLists(Number(process.env['RANDOM_SEED'] ?? 20_261_123), Number(process.env['RANDOM_LISTS'] ?? 500))
