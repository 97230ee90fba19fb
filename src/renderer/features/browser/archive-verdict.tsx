export { VerdictMark, VerdictNotice } from '../../parts/archive-verdict.tsx'
