import { render } from "preact";
import { remembered, signIn } from "./app/start.js";
import { account } from "./app/state.js";
import { startTheme } from "./app/theme.js";
import { App } from "./ui/App.js";

startTheme();
const who = remembered();
if (who) void signIn(who);
else account.value = null;
render(<App />, document.getElementById("app") as HTMLElement);
