import { ArrowUpDown, Minus, Pencil, Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import type { MeaningChange } from '../../../shared/model/comparison.ts'
import { useCompareTexts } from '../../parts/compare-texts.ts'
import { StatusBadge } from '../../ui/feedback/badge.tsx'

const tones = { added: 'good', removed: 'bad', changed: 'caution', reordered: 'caution' } as const
const icons = { added: Plus, removed: Minus, changed: Pencil, reordered: ArrowUpDown }

/** What happened to an entry or a setting, as sign and word. */
export function ChangeBadge({ change }: Pick<MeaningChange, 'change'>): ReactElement {
  const { kinds } = useCompareTexts()
  return <StatusBadge tone={tones[change]} icon={icons[change]} look="plain" label={kinds[change]} />
}
