import { route } from "../../app/route.js";
import { views } from "../../app/state.js";
import { dialog, reporting } from "../dialogs.js";
import { lazy } from "../lazy.js";
import { Come } from "./Come.js";
import { Done } from "./Done.js";
import { GoTo } from "./GoTo.js";
import { Keys } from "./Keys.js";
import { NewConversation } from "./NewConversation.js";

const Invite = lazy(async () => (await import("./Invite.js")).Invite);
const Settings = lazy(async () => (await import("../govern/parts.js")).SettingsDialog);
const Report = lazy(async () => (await import("../reports/parts.js")).ReportDialog);
const Reports = lazy(async () => (await import("../reports/parts.js")).ReportsDialog);
const Roles = lazy(async () => (await import("../govern/parts.js")).RolesDialog);

export function Dialogs() {
  const close = (): void => {
    dialog.value = null;
  };
  const view = views.value.get(route.value.conversation ?? "");
  const { coming } = route.value;
  if (coming && dialog.value === null) return <Come coming={coming} />;
  switch (dialog.value) {
    case "new":
      return <NewConversation onClose={close} />;
    case "keys":
      return <Keys onClose={close} />;
    case "goto":
      return <GoTo onClose={close} />;
    case "report":
      return reporting.value && <Report subject={reporting.value} onClose={close} />;
    case "told":
      return <Reports key="-" view={null} onClose={close} />;
    case "reports":
      return view ? <Reports key={view.conversation} view={view} onClose={close} /> : null;
    case "invite":
      return view ? <Invite view={view} onClose={close} /> : null;
    case "settings":
      return view ? <Settings view={view} onClose={close} /> : null;
    case "done":
      return view ? <Done view={view} onClose={close} /> : null;
    case "roles":
      return view ? <Roles view={view} onClose={close} /> : null;
    default:
      return null;
  }
}
