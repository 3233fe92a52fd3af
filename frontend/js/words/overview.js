/**
 * The words of the overview that lead to the gaps; Manage has the same link.
 */
export const OWES = 'What the plan still owes itself';
export const OWES_HINT = 'No date, nobody named, questions from the paper: who should settle each, and where';
export const TO_CONFIRM = 'To be confirmed in the plan';
/** @param {number} count */
export const openQuestions = (count) => `${count === 1 ? 'One question' : `${count} questions`} to settle, and who should`;
