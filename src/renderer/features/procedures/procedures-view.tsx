import type { ReactElement } from 'react'
import type { ProcedureId } from '../../../shared/model/procedure.ts'
import { useShellTexts } from '../../shell-texts.ts'
import { PageHeader } from '../../ui/layout/page-header.tsx'

interface ProceduresViewProps {
  readonly procedureId: ProcedureId | undefined
}

/** Restores that a person and Ferrite do together. */
export function ProceduresView(_props: ProceduresViewProps): ReactElement {
  const texts = useShellTexts()
  return <PageHeader title={texts.views.procedures} />
}
