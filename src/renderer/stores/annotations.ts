import { createStore } from 'zustand/vanilla'
import type { Annotations } from '../../shared/model/annotations.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import type { Result } from '../../shared/result.ts'

interface AnnotationsState {
  /** What was learnt of archives after they were stored; an archive without an entry has none. */
  readonly byId: ReadonlyMap<ArchiveId, Annotations>
}

/** The annotations of the vault as main last told them. */
export const annotationsStore = createStore<AnnotationsState>(() => ({ byId: new Map() }))

/** Takes over main's answer; without one what was known stays, because no level is shown that was not earned. */
export function applyAnnotations(result: Result<readonly Annotations[]>): void {
  if (!result.ok) return
  annotationsStore.setState({ byId: new Map(result.value.map((each) => [each.archiveId, each])) })
}
