/** What a command prints, and its exit code. Lines end with `\n` here, whatever the system. */
export interface Answer {
  readonly output: string
  readonly errors: string
  readonly exitCode: number
}

export function printed(output: string): Answer {
  return { output, errors: '', exitCode: 0 }
}

export function refused(errors: string, exitCode = 1): Answer {
  return { output: '', errors, exitCode }
}

/** What one command line leads to: words at once, or the dialogue of the recovery tool. */
export type Reaction = Answer | 'recovery-tool'
