import { useEffect, useState } from 'react'
import type { Result } from '../../shared/result.ts'
import { loadedFrom, loading, type Loaded } from '../stores/loaded.ts'

/** What main answers to the question that `key` stands for; asked anew when it changes, and late answers are dropped. */
export function useAnswer<T>(key: string, ask: () => Promise<Result<T>>): Loaded<T> {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly loaded: Loaded<T> }>()
  useEffect(() => {
    let isWanted = true
    void ask().then((result) => {
      if (isWanted) setAnswer({ key, loaded: loadedFrom(result) })
    })
    return () => {
      isWanted = false
    }
    // The question is known by its key; a function is another one at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  return answer?.key === key ? answer.loaded : loading
}
