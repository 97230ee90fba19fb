import { useCallback, useEffect, useState } from 'react'
import type { Preview } from '../../../shared/model/entry.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { request } from '../../api.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'
import { renewTree } from './tree-store.ts'

interface PreviewState {
  readonly preview: Loaded<Preview>
  readonly isRevealed: boolean
  /** Shows secrets, or covers them again. It is forgotten when another file is chosen. */
  readonly reveal: (isRevealed: boolean) => void
  /** True where a password was tried, and the file is locked still. */
  readonly wasWrong: boolean
  /** Opens the archive again with a password, and reads the file once more; with it the tree, where it was the right one. */
  readonly unlock: (password: string) => Promise<void>
}

/** What main gives to show of one file. An answer that is no longer wanted is dropped. */
export function usePreview(place: ArchivePlace, entry: string): PreviewState {
  const [preview, setPreview] = useState<Loaded<Preview>>(loading)
  const [isRevealed, reveal] = useState(false)
  const [wasWrong, setWrong] = useState(false)
  useEffect(() => {
    let isWanted = true
    void request('browse.preview', { place, entry, reveal: isRevealed }).then((result) => {
      if (isWanted) setPreview(loadedFrom(result))
    })
    return () => {
      isWanted = false
    }
  }, [place, entry, isRevealed])
  const unlock = useCallback(
    async (password: string) => {
      const opened = await request('browse.open', { place, password })
      const read = opened.ok ? await request('browse.preview', { place, entry, reveal: isRevealed }) : opened
      setWrong(true)
      setPreview(loadedFrom(read))
      // An archive is opened with any password: that it was the right one is known when something was read with it.
      if (opened.ok && read.ok) renewTree(place, opened.value)
    },
    [place, entry, isRevealed],
  )
  return { preview, isRevealed, reveal, wasWrong, unlock }
}
