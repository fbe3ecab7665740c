import type { RangeName } from '../types';

/** What is around the panels, and what every panel may say. */
export const frame = {
  title: 'Observability',

  nav: {
    label: 'Admin Panel',
    back: 'Back to the Admin Panel',
    home: 'Open WebUI, home',
    newChat: 'New Chat',
    users: 'Users',
    evaluations: 'Evaluations',
    functions: 'Functions',
    settings: 'Settings',
    skip: 'Skip to content',
    sections: 'Sections',
  },
  sections: {
    overview: 'Overview',
    performance: 'Performance',
    cost: 'Cost',
    requests: 'Requests',
    ratings: 'Ratings',
    playground: 'Playground',
    models: 'Models',
    registry: 'Registry',
    access: 'Access',
  },
  ranges: { '1h': '1h', '24h': '24h', '7d': '7d', '30d': '30d', '90d': '90d' } as Record<RangeName, string>,

  rangeNames: {
    '1h': 'last hour',
    '24h': 'last 24 hours',
    '7d': 'last 7 days',
    '30d': 'last 30 days',
    '90d': 'last 90 days',
  } as Record<RangeName, string>,

  previousNames: {
    '1h': 'the hour before',
    '24h': 'the 24 hours before',
    '7d': 'the 7 days before',
    '30d': 'the 30 days before',
    '90d': 'the 90 days before',
  } as Record<RangeName, string>,
  ownRange: {
    option: 'Custom',
    name: 'a time of your own',
    previous: 'the same time before',
    from: 'From',
    to: 'To',
    apply: 'Show',
    wrong: 'Choose a beginning and an end after it.',
    in: (from: string, to: string) => `${from} to ${to}`,
  },
  rangeOption: (short: string, name: string) => `${short}, ${name}`,
  rangeLabel: 'Time range',

  updated: {
    justNow: 'Updated just now',
    seconds: (s: number) => `Updated ${s} s ago`,
    minutes: (m: number) => `Updated ${m} min ago`,
    failing: 'Not up to date. Trying again…',
    never: 'Loading…',
  },

  workers: {
    count: (n: number) => `${n} workers`,
    shared: 'Workers of Open WebUI that are alive and share Redis',
  },

  common: {
    retry: 'Retry',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    saving: 'Saving…',
    loading: 'Loading…',
    unknown: 'unknown',
    yes: 'yes',
  },

  errors: {
    offline: 'Open WebUI does not answer.',
    offlineHint: 'It may be restarting. This page tries again by itself.',
    forbidden: 'This page is for administrators.',
    forbiddenHint: 'Your account may not see it. Ask an administrator if you should.',
    gone: 'Smart is switched off.',
    goneHint: 'Switch the function “Smart Router” on under Admin Panel → Functions, then retry.',
    server: 'Something went wrong.',
    broken: 'This part of the page cannot show what the server sent.',
    panel: (what: string) => `${what} could not be loaded.`,
  },

  warnings: {
    label: 'Warnings',
    store: 'Records cannot be written or read: the database does not answer. Chats go on.',
    registry: 'The newest registry has errors. The last good one is in use.',
    redis: 'Redis does not answer. Workers no longer agree on circuit breakers.',
    failing: 'Smart is failing: look at the circuit breakers below.',
    noModel: 'Nobody but administrators can see Smart yet. Choose who may use it.',
    more: (n: number) => `Show ${n} more`,
    openAccess: 'Choose who may use Smart',
    openRegistry: 'Open the registry',
  },
};
