/**
 * Showing who one is: the page for signing in, the dialogs that ask again, and the way through an agency's directory.
 */
export const AWAY = 'The server did not answer. Try again in a moment.';
export const SIGN_IN = 'Sign in';
export const SIGNING_IN = 'Signing in…';
export const CHECKING = 'Checking…';
export const WAITING = 'Waiting for your device…';
export const BACK = 'Back';
export const CANCEL = 'Cancel';
export const EMAIL = 'E-mail address';
export const PASSWORD = 'Password';
/** @param {string} name */
export const PASSWORD_OF = (name) => `Password for ${name}`;
export const SHOW_PASSWORD = 'Show password';
export const CODE = 'Code from your authenticator app';
export const HINT_CODE = 'Six digits; each code works once';
export const HINT_ANY_CODE = 'Six digits, or a recovery code';
export const RECOVERY = 'Recovery code';
export const HINT_RECOVERY = '16 letters and digits, such as 01AB-CDEF-GHJK-MNPQ';
export const NO_EMAIL = 'Enter your e-mail address';
export const NO_PASSWORD = 'Enter your password';
export const NO_CODE = 'Enter the code that your app shows';
export const NO_RECOVERY = 'Enter a recovery code';
export const NO_PASSKEY = 'No passkey was given. Try again, or use another way.';

export const TO_GO_ON = 'Sign in to open the page you asked for.';
export const BY_PASSKEY = 'Sign in with a passkey';
export const OR_PASSWORD = 'or with your password';
/** @param {string} title @param {string} detail */
export const REFUSED = (title, detail) => `${title}. ${detail}`;
export const ONE_MORE_STEP = 'Your password is right. One more step: show that it is you.';
export const PASSKEY_NEEDED = 'Your password is right. Your role needs more than that: use your passkey.';
export const USE_CODE = 'Use the code of my app instead';
export const USE_RECOVERY = 'Use a recovery code instead';
export const FORGOTTEN = 'Forgotten your password?';
export const LOST_DEVICE = 'Lost your device and your recovery codes? Your partnership’s business manager can remove them.';
export const NO_ACCOUNT = 'No account, or no password? Ask your partnership\'s business manager.';

/** Asked again before something sensitive. */
export const confirm = {
  TITLE: 'Confirm that it is you',
  WHY: 'This is a sensitive change, so show once more who you are. You are asked again after ten minutes.',
  CONFIRM: 'Confirm',
  NO_PASSWORD: 'Enter your password.',
  NO_CODE: 'Enter the code that your app shows.',
  USE_PASSKEY: 'Use a passkey',
  ONLY_PASSKEY: 'You have a passkey, so your password is not enough. Use the passkey, or the device that it is on.',
  /** @param {string} name */
  BY_DIRECTORY: (name) => `You sign in through ${name}, so show there who you are, and come back to this page. What you typed on it is not kept.`,
  /** @param {string} name */
  DIRECTORY_AGAIN: (name) => `Sign in with ${name} again`,
};

/** Asked again when the session has ended: to post an update, or to save something else. */
export const again = {
  CODE: 'Code from your authenticator app, or a recovery code',
  USE_PASSKEY: 'Use a passkey',
  post: {
    WHY: 'Your session ended while you were writing. Your update is kept and will be posted as soon as you sign in.',
    GO_ON: 'Sign in and post',
    NOT_NOW: 'Not now, keep my draft',
  },
  save: {
    WHY: 'Your session ended while you were writing. What you wrote is kept and will be saved as soon as you sign in.',
    GO_ON: 'Sign in and save',
    NOT_NOW: 'Not now, keep my words',
  },
};

/** Through an agency's directory; `name` is what it is called. */
export const directory = {
  LABEL: 'Without a password of its own',
  /** @param {string} name */
  HINT: (name) => `Do you work for ${name}? Use the account you have there.`,
  /** @param {string} name */
  SIGN_IN: (name) => `Sign in with ${name}`,
  /** @param {string} name */
  FAILED: (name) => `Signing in through ${name} did not work`,
  /** @param {string} name */
  AWAY: (name) => `${name} did not answer. Try again in a moment.`,
  /** @param {string} name */
  UNKNOWN: (name) => 'Try once more. If it stays so, ask your partnership’s business manager which e-mail address your account has: '
    + `it has to be the one that ${name} knows you by.`,
};
