import { existsSync, statSync } from 'node:fs'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { gone } from '../ssh/ssh-server.ts'
import { recoveryTexts as texts } from './assumptions.ts'
import type { OpenedBackup } from './backup-archive.ts'
import { openBackup } from './backup-archive.ts'
import type { RecoveryEffect } from './faults.ts'
import { restore, stepOfNoReturn } from './restore.ts'
import type { Server } from './server.ts'
import type { Terminal } from './terminal.ts'

/** How one run of the recovery tool ended, as the witness names it. */
export type RecoveryResult =
  | 'restored'
  | 'failed-midway'
  | 'lied'
  | 'no-rights'
  | 'busy'
  | 'no-path'
  | 'ended-silently'
  | Exclude<OpenedBackup['kind'], 'fits'>
  | 'no-baseline'

/** One run of the tool. */
export interface RecoveryRun {
  readonly server: Server
  /** The sequence number of the command that started it. */
  readonly run: number
  readonly terminal: Terminal
  readonly socket: Socket
  readonly effect: RecoveryEffect | undefined
}

interface End {
  readonly result: RecoveryResult
  readonly text: string
  /** What the tool ends with unless a fault says another. */
  readonly exitCode: number
}

/** Thrown where the tool dies without a word. */
class Died extends Error {
  override readonly name = 'Died'
}

/**
 * The dialogue that restores a server: greeting, prompt, one line with the path, steps, result. Every turn of it is
 * in the witness. Gives the exit code, or `undefined` when the tool died.
 */
export async function runRecoveryTool(call: RecoveryRun): Promise<number | undefined> {
  const { server, run, terminal, effect } = call
  server.witness.event('recovery-started', { run, isPty: terminal.isPty })
  try {
    const { result, text, exitCode } = await converse(call)
    if (text !== '') terminal.print(`${text}\n`)
    const code = effect?.effect === 'exit-code' ? effect.exitCode : exitCode
    server.witness.event('recovery-ended', { run, result, exitCode: code })
    if (server.options.pausesAtEnd && result !== 'ended-silently') {
      terminal.print(texts.pause)
      await terminal.readKey()
      terminal.print('\n')
    }
    return code
  } catch (cause) {
    if (!(cause instanceof Died)) throw cause
    server.witness.event('recovery-died', { run })
    return undefined
  }
}

async function converse(call: RecoveryRun): Promise<End> {
  const { server, run, terminal, effect } = call
  terminal.print(`${texts.greeting}\n\n`)
  if (effect?.effect === 'elevation-refused') return refusal('no-rights', texts.elevation)
  if (server.isRestoring) return refusal('busy', texts.busy)
  if (effect?.effect === 'hang' && effect.at === 'prompt') await hang(call)
  terminal.print(texts.prompt)
  const path = unquoted(await terminal.readLine())
  if (path === '') return refusal('no-path', texts.noPath)
  server.witness.event('recovery-path', { run, path })
  await strike(call, 'path')
  return restoreFrom(call, path)
}

async function restoreFrom(call: RecoveryRun, path: string): Promise<End> {
  const { server, effect } = call
  const file = server.disk.place(path, server.edition.homeFolder(server.options.credentials.user))?.real
  const backup: OpenedBackup =
    file !== undefined && existsSync(file) && statSync(file).isFile()
      ? await openBackup(server, file)
      : { kind: 'missing' }
  if (effect?.effect === 'silent-end') {
    if (effect.restores && backup.kind === 'fits')
      await change(call, { file: file ?? '', backup, extent: 'whole' })
    return { result: 'ended-silently', text: '', exitCode: 0 }
  }
  if (backup.kind !== 'fits') return refusal(backup.kind, refusalText(server, backup, path))
  const isBaseline = server.state.data.kind === 'baseline'
  if (!isBaseline && server.options.withoutBaseline !== 'fail-midway') {
    return refusal('no-baseline', texts.noBaseline)
  }
  const breaksOff = !isBaseline || effect?.effect === 'fail-midway'
  const isWhole = !breaksOff && effect?.effect !== 'lie'
  await change(call, { file: file ?? '', backup, extent: isWhole ? 'whole' : 'half' })
  if (breaksOff) {
    const exitCode = effect?.effect === 'fail-midway' ? (effect.exitCode ?? 1) : 1
    return { result: 'failed-midway', text: texts.failedMidway, exitCode }
  }
  return { result: isWhole ? 'restored' : 'lied', text: texts.success, exitCode: 0 }
}

async function change(
  call: RecoveryRun,
  what: {
    readonly file: string
    readonly backup: OpenedBackup & { readonly kind: 'fits' }
    readonly extent: 'whole' | 'half'
  },
): Promise<void> {
  const { server, run, terminal, effect } = call
  const isSilent = effect?.effect === 'silent-end'
  await restore(server, {
    ...what,
    run,
    beforeStep: async (index) => {
      if (index === stepOfNoReturn) await strike(call, 'change')
      if (!isSilent) terminal.print(`${texts.steps[index] ?? ''}\n`)
      await wait(server.options.stepMs ?? 20)
    },
  })
}

/** Where a fault wants the tool or its connection to end. */
async function strike(call: RecoveryRun, at: 'path' | 'change'): Promise<void> {
  const { effect, socket } = call
  if (effect?.effect === 'hang' && effect.at === at) await hang(call)
  if (effect?.effect !== 'drop' || effect.at !== at) return
  socket.resetAndDestroy()
  if (effect.tool === 'dies') throw new Died()
}

async function hang({ socket }: RecoveryRun): Promise<never> {
  await gone(socket)
  throw new Died()
}

function refusal(result: RecoveryResult, text: string): End {
  return { result, text, exitCode: 1 }
}

function refusalText(server: Server, backup: Exclude<OpenedBackup, { kind: 'fits' }>, path: string): string {
  switch (backup.kind) {
    case 'missing':
      return texts.missing(path)
    case 'damaged':
      return texts.damaged
    case 'other-version':
      return texts.otherVersion(backup.version, server.state.version)
    case 'other-tpm':
      return texts.otherTpm
  }
}

function unquoted(line = ''): string {
  return line.trim().replace(/^"(.*)"$/, '$1')
}
