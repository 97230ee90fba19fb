import { Component } from 'react'
import type { ReactNode } from 'react'

interface ViewBoundaryProps {
  /** Another key makes a new attempt: the place that is shown. */
  readonly resetKey: string
  /** Shown in place of a view that threw. */
  readonly fallback: (error: Error, retry: () => void) => ReactNode
  readonly children: ReactNode
}

interface ViewBoundaryState {
  readonly error: Error | undefined
  readonly key: string
}

/** Keeps a view that throws from taking the window with it: navigation, jobs and messages stay. */
export class ViewBoundary extends Component<ViewBoundaryProps, ViewBoundaryState> {
  override readonly state: ViewBoundaryState = { error: undefined, key: this.props.resetKey }

  static getDerivedStateFromError(error: Error): Partial<ViewBoundaryState> {
    return { error }
  }

  static getDerivedStateFromProps(
    { resetKey }: ViewBoundaryProps,
    { key }: ViewBoundaryState,
  ): ViewBoundaryState | null {
    return key === resetKey ? null : { error: undefined, key: resetKey }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return this.props.fallback(error, () => this.setState({ error: undefined }))
  }
}
