import { useCallback, useEffect, useState } from 'react'
import type { Preview } from '../../../shared/model/entry.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { request } from '../../api.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'

interface PreviewState {
  readonly preview: Loaded<Preview>
  readonly isRevealed: boolean
  /** Shows secrets, or covers them again. It is forgotten when another file is chosen. */
  readonly reveal: (isRevealed: boolean) => void
  /** True where a password was tried, and the file is locked still. */
  readonly wasWrong: boolean
  /** Opens the archive again with a password, and reads the file once more. */
  readonly unlock: (password: string) => Promise<void>
}

/** What main gives to show of one file. An answer that is no longer wanted is dropped. */
export function usePreview(place: ArchivePlace, entry: string): PreviewState {
  const [preview, setPreview] = useState<Loaded<Preview>>(loading)
  const [isRevealed, reveal] = useState(false)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isWanted = true
    void request('browse.preview', { place, entry, reveal: isRevealed }).then((result) => {
      if (isWanted) setPreview(loadedFrom(result))
    })
    return () => {
      isWanted = false
    }
  }, [place, entry, isRevealed, tries])
  const unlock = useCallback(
    async (password: string) => {
      const result = await request('browse.open', { place, password })
      if (result.ok) setTries((before) => before + 1)
      else setPreview(loadedFrom(result))
    },
    [place],
  )
  return { preview, isRevealed, reveal, wasWrong: tries > 0, unlock }
}
