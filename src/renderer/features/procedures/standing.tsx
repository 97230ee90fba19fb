import { CircleCheck, CircleHelp, Cpu, HandHelping, Hourglass, OctagonX, UserRound } from 'lucide-react'
import type { ReactElement } from 'react'
import { standingOf, type Procedure } from '../../../shared/model/procedure.ts'
import type { StepDraft } from '../../../shared/model/restore.ts'
import type { Language } from '../../../shared/text/language.ts'
import { procedureWordsIn } from '../../../shared/text/procedure-text.ts'
import { Badge } from '../../ui/feedback/badge.tsx'
import type { LucideIcon } from '../../ui/icon.tsx'

/** Who does a step: Ferrite, a person with its help, a person. */
export const kindIcons: Readonly<Record<StepDraft['kind'], LucideIcon>> = {
  automatic: Cpu,
  assisted: HandHelping,
  confirmed: UserRound,
}

/** The symbol of where a procedure stands. */
export function standingIcon(procedure: Procedure): LucideIcon {
  const { kind } = standingOf(procedure)
  switch (kind) {
    case 'for-you':
      return UserRound
    case 'for-ferrite':
    case 'running':
    case 'to-report':
      return Hourglass
    case 'failed':
      return OctagonX
    case 'unclear':
      return CircleHelp
    case 'ended':
      return procedure.report?.outcome === 'unknown' ? CircleHelp : CircleCheck
  }
}

/** A word beside a procedure that is not well; nothing beside any other. */
export function standingMark(procedure: Procedure, language: Language): ReactElement | undefined {
  const { kind } = standingOf(procedure)
  const { phase } = procedureWordsIn(language)
  if (kind === 'failed') return <Badge tone="bad" label={phase.failed} />
  if (kind === 'unclear') return <Badge tone="unknown" label={phase.unclear} />
  return undefined
}
