// Asks for what whoever was signed in needs next, before any code of the page has come. `ahead` is put before it.
try {
  for (const href of localStorage.getItem("chat.account") ? ahead : [])
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
} catch {
  // Where nothing is stored, nobody was signed in.
}
