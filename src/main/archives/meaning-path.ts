const lengthAtMost = 1000
const labelAtMost = 120
const plainName = /^[\w$@-]+$/

/** One step into a document: a member by its name, or a thing in a list by what tells it apart, else by its place. */
export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | {
      readonly kind: 'item'
      readonly label: string
      /** The member whose value the label is. */ readonly by: string | undefined
    }

/** The way to a value, from its last step back to the root; a value of the root itself has none. */
export interface MeaningPath {
  readonly step: PathStep
  readonly outer: MeaningPath | undefined
}

/** The steps from the root. */
export function stepsOf(path: MeaningPath | undefined): readonly PathStep[] {
  const steps: PathStep[] = []
  for (let at = path; at !== undefined; at = at.outer) steps.push(at.step)
  return steps.reverse()
}

/** As a person reads it: `users[operator].groups[0]`; the root is empty. Untrusted text of limited length. */
export function pathText(path: MeaningPath | undefined): string {
  let text = ''
  for (const step of stepsOf(path)) {
    if (step.kind === 'item') text += `[${clip(step.label, labelAtMost)}]`
    else if (!plainName.test(step.name)) text += `[${clip(JSON.stringify(step.name), labelAtMost)}]`
    else text += text === '' ? clip(step.name, labelAtMost) : `.${clip(step.name, labelAtMost)}`
    if (text.length > lengthAtMost) return clip(text, lengthAtMost)
  }
  return text
}

/** No more of a text than can be shown, without half a character at its end. */
export function clip(text: string, atMost: number): string {
  if (text.length <= atMost) return text
  const last = text.charCodeAt(atMost - 2)
  const isHalf = last >= 0xd800 && last <= 0xdbff
  return `${text.slice(0, atMost - (isHalf ? 2 : 1))}…`
}
