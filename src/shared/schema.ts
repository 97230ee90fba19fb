import { z } from 'zod'

// Zod compiles validators with `Function` unless told not to; the window's content security policy forbids that.
z.config({ jitless: true })

/** The one door to the schema library, so that it is configured before the first schema is made. */
export { z }
