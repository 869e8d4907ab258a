// Writes docs/asyncapi.json from the tables of Protocol. `./chat api` builds it and calls this.
#r "../Properties/bin/Debug/net10.0/LanguageExt.Core.dll"
#r "../Properties/bin/Debug/net10.0/MessagePack.dll"
#r "../Properties/bin/Debug/net10.0/Chat.Domain.dll"
#r "../Properties/bin/Debug/net10.0/Chat.Protocol.dll"

let file =
    System.IO.Path.Combine(__SOURCE_DIRECTORY__, "..", "docs", "asyncapi.json")

System.IO.File.WriteAllText(file, Chat.Protocol.Wire.AsyncApi.Document())
eprintfn "chat: docs/asyncapi.json has %d lines" (System.IO.File.ReadAllLines file).Length
