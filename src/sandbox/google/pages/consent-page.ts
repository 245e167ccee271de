import { html, type SafeHtml } from '../../shared/html'
import { pageLayout } from '../../shared/page-layout'
import type { AuthorizationFault, AuthorizationRequest } from '../oauth/authorization-request'
import { describeScope, isIdentityScope } from '../oauth/scopes'
import type { StoredAccount } from '../records'

const notice = 'Google sandbox: no real account is asked for anything here.'

const person = (account: StoredAccount, isChosen: boolean): SafeHtml =>
  html`<label class="choice"
    ><input type="radio" name="person" value="${account.email}" required ${isChosen ? html`checked` : null} />
    <span>${account.name}<br /><span class="small soft">${account.email}</span></span></label
  >`

const permission = (scope: string): SafeHtml =>
  isIdentityScope(scope)
    ? html`<li>${describeScope(scope)}</li>`
    : html`<li>
        <label class="choice"
          ><input type="checkbox" name="granted" value="${scope}" checked /> ${describeScope(scope)}</label
        >
      </li>`

const extra: SafeHtml = {
  html: `
ul.permissions{padding:0;margin:0;list-style:none}
.choice input{width:1.25rem;height:1.25rem;min-height:0;margin:0;flex:none}
.answer{display:flex;gap:1rem;margin-top:1.5rem}.answer button{flex:1;min-height:3rem}.answer button.main{margin-top:0}
`,
}

/** The page on which a person says as whom, and to what, they agree. Works without scripts. */
export const consentPage = (args: {
  request: AuthorizationRequest
  accounts: readonly StoredAccount[]
  /** The query that the application sent, for the form to carry on. */
  params: URLSearchParams
}): string => {
  const { request, accounts } = args
  const hinted = accounts.find((account) => account.email === request.loginHint) ?? accounts[0]
  const identity = request.scopes.filter(isIdentityScope)
  const others = request.scopes.filter((scope) => !isIdentityScope(scope))
  return pageLayout({
    title: 'Choose an account and allow access',
    notice,
    extra,
    body: html`<form method="post" action="/o/oauth2/v2/auth" class="card" style="max-width:34rem;margin:0 auto">
      ${[...args.params].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <h1>${new URL(request.redirectUri).host} wants access to your Google Account</h1>
      <fieldset>
        <legend>As whom?</legend>
        ${accounts.map((account) => person(account, account === hinted))}
      </fieldset>
      ${
        others.length
          ? html`<fieldset>
              <legend>Choose what the application can access</legend>
              <ul class="permissions">
                ${others.map(permission)}
              </ul>
            </fieldset>`
          : null
      }
      ${
        identity.length
          ? html`<p class="small soft">It will also be able to:</p>
              <ul class="small soft">
                ${identity.map(permission)}
              </ul>`
          : null
      }
      <div class="answer">
        <button type="submit" name="decision" value="deny" formnovalidate>Cancel</button>
        <button class="main" type="submit" name="decision" value="allow">Continue</button>
      </div>
    </form>`,
  })
}

/** What the person sees when the application asked wrongly. */
export const consentFaultPage = ({ code, message }: AuthorizationFault): string =>
  pageLayout({
    title: 'Access blocked',
    notice,
    body: html`<section class="card">
      <h1>Access blocked: this application’s request is invalid</h1>
      <p>${message}</p>
      <p class="soft">Error 400: ${code}</p>
    </section>`,
  })
