import type { ProviderAccount } from './account-directory.js';

/** A whole page, with the nonce that its one style element needs. No script, and nothing from elsewhere. */
export interface ProviderPage {
  readonly title: string;
  readonly body: string;
}

export interface SignInPageInput {
  readonly action: string;
  readonly email: string;
  readonly error: string | undefined;
  readonly shown: readonly ProviderAccount[];
}

/** Works without JavaScript: a person of the demo is a link that comes back with the email address filled in. */
export function signInPage({ action, email, error, shown }: SignInPageInput): ProviderPage {
  const people = shown.map(
    (person) => `<li><a href="${safe(action)}?email=${safe(encodeURIComponent(person.email))}">${safe(person.name)}</a>
      <span>${safe(person.shownAs ?? '')}</span></li>`,
  );
  return {
    title: `${error ? 'Error: ' : ''}Sign in`,
    body: `
    ${error ? `<div class="error" role="alert"><h2>There is a problem</h2><p><a href="#password">${safe(error)}</a></p></div>` : ''}
    <h1>Sign in</h1>
    <form method="post" action="${safe(action)}" novalidate>
      <label for="email">Email address</label>
      <input id="email" name="email" type="email" autocomplete="username" spellcheck="false" value="${safe(email)}">
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password"${error ? ' aria-invalid="true"' : ''}>
      <button type="submit">Sign in</button>
    </form>
    ${
      people.length === 0
        ? ''
        : `<h2>People of the demo</h2>
    <p>Choose somebody to fill in their email address. The password is the one that the demo printed.</p>
    <ul>${people.join('\n')}</ul>`
    }`,
  };
}

/** `form` is oidc-provider's own, with its protection against forgery; our button submits it. */
export function signOutPage(form: string): ProviderPage {
  return {
    title: 'Sign out',
    body: `<h1>Do you want to sign out?</h1>
    ${form}
    <button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  };
}

export function messagePage(title: string, sentence: string): ProviderPage {
  return { title, body: `<h1>${safe(title)}</h1><p>${safe(sentence)}</p>` };
}

export function pageHtml({ title, body }: ProviderPage, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${safe(title)} – Ringfence demo sign-in</title>
  <style nonce="${nonce}">${style}</style>
</head>
<body>
  <header><p>Ringfence demo sign-in</p></header>
  <main>${body}</main>
  <footer><p>For demonstrations and tests only. A real service signs people in with its own identity provider.</p></footer>
</body>
</html>
`;
}

const style = `
  *{box-sizing:border-box}
  body{margin:0;font:1.1875rem/1.4 arial,sans-serif;color:#0b0c0c;background:#fff}
  header{background:#1d3a4f;color:#fff}
  header p,main,footer p{max-width:38rem;margin:0 auto;padding:.75rem 1rem}
  header p{font-weight:bold}
  footer{border-top:1px solid #b1b4b6;font-size:1rem;color:#383f43}
  h1{font-size:2rem;margin:1rem 0}
  h2{font-size:1.4rem;margin:2rem 0 .5rem}
  label{display:block;font-weight:bold;margin:1rem 0 .25rem}
  input{width:100%;max-width:24rem;font:inherit;padding:.5rem;border:2px solid #0b0c0c;border-radius:0}
  button{display:block;margin:1.5rem 0;padding:.6rem 1.2rem;font:inherit;font-weight:bold;color:#fff;background:#1d5a3f;border:0;cursor:pointer}
  a{color:#1a4f7a}
  a:focus,input:focus,button:focus{outline:3px solid #fd0;outline-offset:0;box-shadow:0 0 0 5px #0b0c0c}
  ul{list-style:none;padding:0}
  li{padding:.6rem 0;border-bottom:1px solid #b1b4b6}
  li a{display:inline-block;font-weight:bold;padding:.15rem 0}
  li span{display:block;font-size:1rem;color:#383f43}
  .error{border:4px solid #b3261e;padding:1rem;margin:1rem 0}
  .error h2{margin:0 0 .5rem}
  .error a{color:#a01c16;font-weight:bold}
`;

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
