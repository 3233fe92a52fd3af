/**
 * The words of the board view.
 */
export const WALK = 'Tab or the arrow keys walk over the actions, Esc leads to the full view.';
export const OBJECTIVES = 'Objectives';
export const BY_WHEN = 'By when:';
export const NO_UPDATE = 'No update yet';

/** @param {number} number */
export const objective = (number) => `Objective ${number}:`;
