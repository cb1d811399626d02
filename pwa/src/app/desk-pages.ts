/** Where the desk's pages are: a table that only those who sign in load. */
export const PAGES = {
  signIn: () => import("../desk/sign-in-page"),
  invite: () => import("../desk/invite-page"),
  desk: () => import("../desk/desk-page"),
  reviews: () => import("../desk/reviews-page"),
  answers: () => import("../desk/answers-page"),
  people: () => import("../desk/people-page"),
};
