import { CircleCheck, CircleHelp, OctagonX, TriangleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Verdict } from '../../../shared/model/finding.ts'
import type { LucideIcon } from '../icon.tsx'
import type { Tone } from '../tone.ts'
import { StatusBadge } from './badge.tsx'

/** Symbol and colour of each verdict: shapes differ (circle, triangle, octagon, question mark), not only hues. */
export const verdictLooks: Readonly<Record<Verdict, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  fits: { icon: CircleCheck, tone: 'good' },
  cautions: { icon: TriangleAlert, tone: 'caution' },
  blocked: { icon: OctagonX, tone: 'bad' },
  unknown: { icon: CircleHelp, tone: 'unknown' },
}

interface VerdictBadgeProps {
  readonly verdict: Verdict
  /** The verdict's word. */
  readonly label: string
  /** The reason, for the tooltip. */
  readonly title?: string | undefined
  readonly look?: 'boxed' | 'plain'
}

/** Whether an archive fits a device. */
export function VerdictBadge({ verdict, label, title, look = 'boxed' }: VerdictBadgeProps): ReactElement {
  return <StatusBadge {...verdictLooks[verdict]} label={label} title={title} look={look} />
}
