import { useEffect } from "preact/hooks";
import { go } from "../lib/router";
import { Skeleton } from "../lib/ui";
import { comeBack, standing } from "./account";
import { SignIn } from "./sign-in";
import "./style.css";

/** Signing in; whoever is in already goes on to the desk. */
export function SignInPage() {
  const state = standing();
  useEffect(() => void comeBack(), []);
  useEffect(() => {
    if (state === "in") go("/desk", { replace: true });
  }, [state]);
  return state === "out" ? <SignIn /> : <Skeleton page lines={5} />;
}
