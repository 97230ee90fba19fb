import type { Failure } from '../shared/failure.ts'
import type { Job } from '../shared/model/job.ts'
import { formatSize } from '../shared/text/format.ts'
import { failureText, wordsIn } from '../shared/text/index.ts'
import type { Language } from '../shared/text/language.ts'

/** How a command speaks: for people, or as one JSON document on standard output and nothing else there. */
export interface Output {
  readonly json: boolean
  readonly language: Language
  /** The result. `text` is made only where people read it. */
  readonly result: (value: unknown, text: () => string) => void
  /** A message beside the result: standard error. */
  readonly say: (text: string) => void
  readonly progress: (job: Job) => void
  readonly failure: (failure: Failure) => void
}

export interface OutputOptions {
  readonly json: boolean
  readonly progressJson: boolean
  readonly language: Language
}

/** Writes to the process's own streams. */
export function createOutput({ json, progressJson, language }: OutputOptions): Output {
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`)
  }
  const words = wordsIn(language)
  let lastPhase = ''
  return {
    json,
    language,
    say,
    result: (value, text) => {
      process.stdout.write(json ? `${JSON.stringify(value, undefined, 2)}\n` : withNewline(text()))
    },
    progress: ({ id, subject, state }) => {
      if (state.phase !== 'running') return
      const { progress } = state
      if (progressJson) {
        say(JSON.stringify({ job: id, subject, ...progress }))
        return
      }
      const line = `${subject}: ${words.phase[progress.phase]}`
      if (process.stderr.isTTY) {
        const bytes = progress.bytesDone > 0 ? ` ${formatSize(progress.bytesDone, language)}` : ''
        process.stderr.write(`\r\u001b[K${line}${bytes}`)
      } else if (line !== lastPhase) {
        say(line)
      }
      lastPhase = line
    },
    failure: (failure) => {
      const { cause, safe, next } = failureText(failure, language)
      if (json) {
        const message = [cause, safe, next].filter(Boolean).join(' ')
        process.stdout.write(`${JSON.stringify({ failure: { message, ...failure } }, undefined, 2)}\n`)
        return
      }
      if (process.stderr.isTTY && lastPhase !== '') say('')
      say([`${cause} [${failure.code}]`, safe, next].filter(Boolean).join('\n'))
    },
  }
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/** True where the program that reads standard output has ended: as with `head`, that is its right and no failure. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE'
}

/** Columns that line up, for people. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
