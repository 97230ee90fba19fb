import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { ViewBoundary } from '../../../src/renderer/parts/view-boundary.tsx'

function Fragile({ breaks }: { readonly breaks: boolean }) {
  if (breaks) throw new Error('broken view')
  return <p>whole view</p>
}

function Boundary({ resetKey, breaks }: { readonly resetKey: string; readonly breaks: boolean }) {
  return (
    <ViewBoundary
      resetKey={resetKey}
      fallback={(error, retry) => <button onClick={retry}>{`again: ${error.message}`}</button>}
    >
      <Fragile breaks={breaks} />
    </ViewBoundary>
  )
}

test('a view that throws is replaced, can be tried again, and does not hold back the next view', async () => {
  // React reports what was caught; that is what is being provoked here.
  const report = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { rerender } = render(<Boundary resetKey="devices" breaks />)
  const again = screen.getByRole('button', { name: 'again: broken view' })
  rerender(<Boundary resetKey="devices" breaks={false} />)
  expect(screen.queryByText('whole view')).toBeNull()
  await userEvent.click(again)
  expect(screen.getByText('whole view')).toBeTruthy()
  rerender(<Boundary resetKey="devices" breaks />)
  rerender(<Boundary resetKey="settings" breaks={false} />)
  expect(screen.getByText('whole view')).toBeTruthy()
  report.mockRestore()
})
