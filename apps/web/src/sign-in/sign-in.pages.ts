import { definePage, type PageModel } from '../shell/render.js';

export const startPage = definePage<PageModel>('sign-in/start');
export const notKnownPage = definePage<PageModel>('sign-in/not-known');
export const signedOutPage = definePage<PageModel>('sign-in/signed-out');

export interface ChooseAuthorityPage extends PageModel {
  readonly authorities: readonly { readonly value: string; readonly text: string }[];
}

export const chooseAuthorityPage = definePage<ChooseAuthorityPage>('sign-in/choose-authority');
