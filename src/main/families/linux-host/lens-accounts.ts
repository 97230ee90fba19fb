import type { LensCode } from '../../../shared/model/lens-codes.ts'
import type { OpenArchive } from '../../archives/open.ts'
import { lensOf, secretOf, type OpenLens } from '../lens-table.ts'
import { textOf } from '../lens-values.ts'
import { linesIn } from './lens-source.ts'

/** Sources: passwd(5) and shadow(5). A hash is a secret; that an account is locked or has no password is none. */
export async function usersLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const shadow = new Map(
    (await linesIn(archive, 'etc/shadow', signal)).map(({ text }) => {
      const [name = '', hash = ''] = text.split(':')
      return [name, hash] as const
    }),
  )
  const users = (await linesIn(archive, 'etc/passwd', signal)).flatMap(({ text }) => {
    const [name = '', inPlace = '', userId, groupId, fullName, home, shell] = text.split(':')
    if (shell === undefined) return []
    // passwd(5): `x` says that the hash is in shadow.
    const hash = inPlace === 'x' ? shadow.get(name) : inPlace
    return [
      {
        name,
        'user-id': textOf(userId),
        'group-id': textOf(groupId),
        'full-name': textOf(fullName?.split(',')[0]),
        home: textOf(home),
        shell: textOf(shell),
        status: statusOf(hash),
        password: isHash(hash) ? secretOf(hash) : undefined,
      },
    ]
  })
  return await lensOf(
    'users',
    {
      name: 'mono',
      'user-id': 'mono',
      'group-id': 'mono',
      'full-name': 'text',
      home: 'mono',
      shell: 'mono',
      status: 'code',
      password: 'mono',
    },
    users,
  )
}

/** Source: group(5). */
export async function groupsLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const groups = (await linesIn(archive, 'etc/group', signal)).flatMap(({ text }) => {
    const [name = '', , groupId, members] = text.split(':')
    if (groupId === undefined) return []
    return [{ name, 'group-id': textOf(groupId), members: textOf((members ?? '').split(',').join(', ')) }]
  })
  return await lensOf('groups', { name: 'mono', 'group-id': 'mono', members: 'mono' }, groups)
}

/** sshd_config(5): the first value of a keyword counts. */
export async function signInLens(archive: OpenArchive, signal: AbortSignal): Promise<OpenLens> {
  const keywords = {
    permitrootlogin: 'ssh-permit-root',
    passwordauthentication: 'ssh-password-login',
  } as const satisfies Record<string, LensCode>
  const lines = await linesIn(archive, 'etc/ssh/sshd_config', signal)
  const rows = Object.entries(keywords).flatMap(([keyword, setting]) => {
    const line = lines.find(({ text }) => text.toLowerCase().split(/[\s=]+/)[0] === keyword)
    const value = textOf(line?.text.split(/[\s=]+/)[1])
    return value === undefined ? [] : [{ setting, value, file: line?.file }]
  })
  return await lensOf('sign-in', { setting: 'code', value: 'text', file: 'entry' }, rows)
}

/** shadow(5): what no hash can be, and what begins with `!`, lets nobody in. */
function statusOf(hash: string | undefined): LensCode | undefined {
  if (hash === undefined) return undefined
  if (hash === '') return 'no-password'
  return isHash(hash) && !hash.startsWith('!') ? 'password' : 'locked'
}

function isHash(hash: string | undefined): hash is string {
  return hash !== undefined && /^!?[^!*].{2,}/.test(hash)
}
