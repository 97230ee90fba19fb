import type { PlanTexts } from '../plan-text.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'

/** English words for the Node-RED part of a plan and of its report: plan steps, side effects and remarks, by id. */
export const nodeRedPlan = {
  step: {
    'read-revision': () =>
      'Read the state of the flows on the same connection: whoever deploys meanwhile has this restore refused',
    deploy: (facts) =>
      facts['mode'] === 'replace'
        ? `Deploy the flows of ${of(facts, 'file')} in place of all flows of the target`
        : `Deploy the flows of ${of(facts, 'file')} together with the other flows of the target`,
    'read-back-flows': () => 'Read the flows back and compare them with the archive, node by node',
    'check-node-types': () => 'Look whether every node type that the flows use is installed',
  },
  sideEffect: {
    'flows-restart': () =>
      'All flows stop and start: what they control stops for a moment. The machine must be in a safe state.',
    'other-flows-go': () => 'Flows and nodes of the target that are not in the archive are deleted.',
    'other-flows-stay': () =>
      'Flows and nodes of the target that are not in the archive stay. Nodes with the same id are overwritten.',
    'credentials-of-removed-go': () =>
      'Node-RED deletes the credentials of nodes that go. They are in no backup, the safety backup included.',
    'context-stays': () => 'Context data of the target stays as it is.',
  },
  remark: {
    'credentials-to-enter': () =>
      'Look through the nodes with logins: credentials are in no backup. Those of nodes that were not there before have to be entered in the editor.',
    'flows-not-started': (facts) =>
      `Node-RED has the flows and starts none of them, because node types are missing: ${of(facts, 'types')}. Install the modules that bring them.`,
    'types-not-compared': () =>
      'The login may not read the nodes of the target, so whether every node type is installed is not known.',
    'never-deployed': () => 'Node-RED never took the flows.',
    'login-refused-after-deploy': (facts) =>
      `The target refuses the login of “${of(facts, 'user')}”. Look at the flows in its editor.`,
  },
} satisfies PlanTexts
