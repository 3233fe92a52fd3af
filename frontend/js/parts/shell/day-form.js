/**
 * The form that asks for the day whose plan is shown. Fetched when somebody wants another day.
 */
import { html, useLayoutEffect, useRef, useState } from '../../core.js';
import { dayShown, plan } from '../../store.js';
import { navigate, route, to } from '../../router.js';
import { londonDay } from '../../words.js';
import { DAY, SHOW, WRONG_DAY } from '../../words/plan/past.js';

/**
 * This page, as at another day; empty is today. What else the address says stays.
 * @param {string} day YYYY-MM-DD
 */
export function hereOn(day) {
  const query = new URLSearchParams(route.value.query);
  query.delete('as-at');
  const rest = String(query);
  return to(`${route.value.path}${rest && `?${rest}`}`, day);
}

/** Today as far as is known: a past day's answer does not say it, and the server has the last word. */
const today = () => (plan.value && !dayShown.value ? plan.value.as_of : londonDay(new Date().toISOString()));

/** The day field with its button; it takes the focus, because somebody has just asked for it. */
export default function DayForm({ focus = true }) {
  const [wrong, setWrong] = useState('');
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const min = plan.value ? londonDay(plan.value.created_at) : '';
  const max = today();
  useLayoutEffect(() => { if (focus) field.current?.focus(); }, []);
  /** @param {Event} event */
  const show = (event) => {
    event.preventDefault();
    const day = field.current?.value ?? '';
    if (day && (!min || day >= min) && day <= max) return navigate(hereOn(day === max ? '' : day));
    setWrong(WRONG_DAY(min || max, max));
    field.current?.focus();
  };
  return html`<form class="narrow" onSubmit=${show} novalidate><div class=${wrong ? 'field narrow is-wrong' : 'field narrow'}><label for="day">${DAY}</label>
    ${wrong && html`<p class="wrong late" id="day-wrong" role="alert">${wrong}</p>`}
    <input id="day" ref=${field} type="date" required min=${min} max=${max} value=${plan.value?.as_of}
      aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${wrong ? 'day-wrong' : undefined} /></div>
    <p><button class="button">${SHOW}</button></p></form>`;
}
