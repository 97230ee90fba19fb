import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type AnnotationHandlers = Pick<Handlers, 'annotations.list' | 'annotations.state'>

/** Requests about what was learnt of archives after they were stored. */
export function annotationHandlers({ annotations, stateFacts }: Ferrite): AnnotationHandlers {
  return {
    'annotations.list': async () => [...(await annotations.all()).values()],
    'annotations.state': async ({ archiveId, facts }) => await stateFacts(archiveId, facts),
  }
}
