import { useEffect, useState } from 'react'
import type { FileHistory } from '../../../shared/model/history.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import { request } from '../../api.ts'
import { loadedFrom, loading, type Loaded } from '../../stores/loaded.ts'

/** The versions of a file; read anew for another one, and late answers are dropped. */
export function useHistory(
  deviceId: DeviceId,
  inside: readonly string[],
  entry: string,
): Loaded<FileHistory> {
  const key = JSON.stringify([deviceId, inside, entry])
  const [answer, setAnswer] = useState<{ readonly key: string; readonly loaded: Loaded<FileHistory> }>()
  useEffect(() => {
    let isWanted = true
    void request('history.read', { deviceId, inside, entry }).then((result) => {
      if (isWanted) setAnswer({ key, loaded: loadedFrom(result) })
    })
    return () => {
      isWanted = false
    }
    // The file is known by its key; the way to it is another list at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  return answer?.key === key ? answer.loaded : loading
}
