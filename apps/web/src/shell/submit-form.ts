import { Problem } from '@ringfence/kernel';
import type { FastifyReply } from 'fastify';
import { formErrors, statusOfForm, type FormErrors } from './errors.js';
import { sayWhenToRetry } from './problem-pages.js';
import { goTo } from './render.js';

/** What a form has done: where its sender goes next, and the flash message that the next page shows. */
export interface FormDone {
  readonly goTo: string;
  readonly flash?: string;
}

/** A form of several things, of which some could not be done: it is shown again with why. */
export interface PartlyDone {
  readonly errors: FormErrors;
}

/** Why a form is shown again. */
export interface FormRefusal {
  readonly errors: FormErrors;
  readonly status: number;
}

export interface FormSubmission {
  /** Does what the form asks. A Problem that it throws is shown on the form. */
  readonly act: () => Promise<FormDone | PartlyDone>;
  /** The inputs of the form. A fault that names none of them is shown at the first. */
  readonly fields: readonly [string, ...string[]];
  /** Shows the form again with what was entered. */
  readonly showAgain: (refusal: FormRefusal) => Promise<unknown>;
  /** Whether "not found" belongs on the form, too: where the form names what was not found and its page is still there. */
  readonly showsNotFound?: boolean;
}

/**
 * Runs a form: to the next page when it was accepted, else the same form with its faults. What the sender may not do or
 * may not know of is no fault of the form: it has a page of its own.
 */
export async function submitForm(reply: FastifyReply, form: FormSubmission): Promise<unknown> {
  let done: FormDone | PartlyDone;
  try {
    done = await form.act();
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 403) throw error;
    if (error.status === 404 && !form.showsNotFound) throw error;
    sayWhenToRetry(reply, error);
    return form.showAgain({ errors: formErrors(error, form.fields), status: statusOfForm(error) });
  }
  if ('errors' in done) return form.showAgain({ errors: done.errors, status: 422 });
  if (done.flash !== undefined) reply.request.session.flash = done.flash;
  return goTo(reply, done.goTo);
}
