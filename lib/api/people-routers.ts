import type { AccountView, PeopleList, SignedIn } from "../contracts/people.ts";
import { addPerson, addPersonInput } from "../services/people/add.ts";
import {
  setPassword,
  setPasswordInput,
  setPersonState,
  setPersonStateInput,
  setRole,
  setRoleInput,
} from "../services/people/change.ts";
import { listPeople } from "../services/people/list.ts";
import { changeOwnPassword, changeOwnPasswordInput } from "../services/people/own-password.ts";
import { isSecure, sessionCookie } from "../services/session/cookie.ts";
import { signIn, signInInput } from "../services/session/sign-in.ts";
import { clientAddress } from "./client-address.ts";
import { type ApiContext, changingSession, reading, readingAs, recordedAs, router, signedIn } from "./trpc.ts";

/** Who is signed in, and how they come and go. */
export const sessionRouter = router({
  current: reading.query(async ({ ctx }): Promise<{ person: SignedIn | null }> => ({ person: await signedIn(ctx) })),
  login: changingSession.input(signInInput).mutation(async ({ ctx, input }): Promise<{ person: SignedIn }> => {
    const { token, ...person } = await signIn(ctx.services, input, clientAddress(ctx.request));
    keepToken(ctx, token);
    return { person };
  }),
  logout: changingSession.mutation(({ ctx }): { person: null } => {
    keepToken(ctx, null);
    return { person: null };
  }),
  changePassword: recordedAs("ownPassword")
    .input(changeOwnPasswordInput)
    .mutation(async ({ ctx, input }) => {
      keepToken(ctx, await changeOwnPassword(ctx.recorded, input, clientAddress(ctx.request)));
      return { name: ctx.person.name };
    }),
});

/** Who has an account, and what each may. */
export const peopleRouter = router({
  list: readingAs("people").query(({ ctx }): Promise<PeopleList> => listPeople(ctx.services)),
  add: recordedAs("people")
    .input(addPersonInput)
    .mutation(({ ctx, input }): Promise<AccountView> => addPerson(ctx.recorded, input)),
  setRole: recordedAs("people")
    .input(setRoleInput)
    .mutation(({ ctx, input }): Promise<AccountView> => setRole(ctx.recorded, input)),
  setState: recordedAs("people")
    .input(setPersonStateInput)
    .mutation(({ ctx, input }): Promise<AccountView> => setPersonState(ctx.recorded, input)),
  setPassword: recordedAs("people")
    .input(setPasswordInput)
    .mutation(({ ctx, input }): Promise<AccountView> => setPassword(ctx.recorded, input)),
});

function keepToken({ answer, request, url }: ApiContext, token: string | null): void {
  answer.append("set-cookie", sessionCookie(token, isSecure(request, url)));
}
