import { dialog } from "../dialogs.js";
import { GoTo } from "./GoTo.js";
import { Keys } from "./Keys.js";
import { NewConversation } from "./NewConversation.js";

export function Dialogs() {
  const close = (): void => {
    dialog.value = null;
  };
  switch (dialog.value) {
    case "new":
      return <NewConversation onClose={close} />;
    case "keys":
      return <Keys onClose={close} />;
    case "goto":
      return <GoTo onClose={close} />;
    default:
      return null;
  }
}
