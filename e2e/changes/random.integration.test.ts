/** Half of the random lists of changes; the other half is in random-again, so that two workers share them. */
import { testRandomLists } from './random-lists'

testRandomLists(Number(process.env['RANDOM_SEED'] ?? 20_261_122), Number(process.env['RANDOM_LISTS'] ?? 500))
