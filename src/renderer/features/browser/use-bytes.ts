import { useCallback, useRef, useState } from 'react'
import type { Failure } from '../../../shared/failure.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { request } from '../../api.ts'

/** A line of a hex view never lies in two pages. */
const pageBytes = 64 * 1024

interface Bytes {
  readonly bytesAt: (offset: number, length: number) => Uint8Array | undefined
  /** Reads what is in sight; of what went out of sight meanwhile nothing is read. */
  readonly onRangeShown: (offset: number, length: number) => void
  readonly failure: Failure | undefined
}

/** The bytes of a file, read in pages as they come into sight, one at a time. `first` are those that are there. */
export function useBytes(place: ArchivePlace, entry: string, first: Uint8Array): Bytes {
  const pages = useRef(new Map<number, Uint8Array>([[0, first]]))
  const sight = useRef({ from: 0, to: 0 })
  const isReading = useRef(false)
  const [, setRead] = useState(0)
  const [failure, setFailure] = useState<Failure>()
  const readOn = useCallback(async (): Promise<void> => {
    if (isReading.current) return
    isReading.current = true
    for (let page = missing(); page !== undefined; page = missing()) {
      const result = await request('browse.bytes', {
        place,
        entry,
        offset: page * pageBytes,
        length: pageBytes,
      })
      if (!result.ok) {
        setFailure(result.failure)
        break
      }
      pages.current.set(page, bytesOf(result.value.bytesBase64))
      setFailure(undefined)
      setRead(pages.current.size)
    }
    isReading.current = false

    function missing(): number | undefined {
      const { from, to } = sight.current
      for (let page = Math.floor(from / pageBytes); page * pageBytes < to; page += 1)
        if (!pages.current.has(page)) return page
      return undefined
    }
  }, [place, entry])
  const onRangeShown = useCallback(
    (offset: number, length: number) => {
      sight.current = { from: offset, to: offset + length }
      void readOn()
    },
    [readOn],
  )
  const bytesAt = (offset: number, length: number): Uint8Array | undefined => {
    const page = Math.floor(offset / pageBytes)
    const start = offset - page * pageBytes
    return pages.current.get(page)?.subarray(start, start + length)
  }
  return { bytesAt, onRangeShown, failure }
}

/** Bytes as they come through the contract. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
