using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chat.Protocol.Wire;

/// <summary>The contract as an AsyncAPI 3 document, written from the tables that the code goes by.</summary>
public static class AsyncApi
{
    private const string Packed = "application/msgpack";
    private const string Answer = "chat.v1.inbox.{person}.{device}.{request}";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Listing<Form> Answers = Listing.From(
        Verbs.All.Select(verb => verb.Ok).OfType<Form>().Distinct()
    );

    /// <summary>The document, ending with a new line.</summary>
    public static string Document() =>
        new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Chat",
                ["version"] = "1.0.0",
                ["description"] =
                    "Conversations over core NATS. A body is a MessagePack map with short string keys; with the header "
                    + "Content-Type: application/json it is the same as JSON, and so is the answer. Unknown fields are "
                    + "passed over. See protocol.md.",
            },
            ["defaultContentType"] = Packed,
            ["channels"] = Channels(),
            ["operations"] = Operations(),
            ["components"] = new JsonObject { ["messages"] = Messages(), ["schemas"] = Schemas.All() },
        }
            .ToJsonString(Written)
            .ReplaceLineEndings("\n") + "\n";

    private static JsonObject Channels()
    {
        var channels = new JsonObject();
        foreach (var verb in Verbs.All)
        {
            var id =
                verb.IsOfNothing ? Subjects.Nothing
                : verb.Area is "device" ? "{id}"
                : "{conversation}";
            channels[KeyOf(verb)] = Channel(
                $"chat.v1.req.{{person}}.{{device}}.{verb.Area}.{id}.{verb.Name}",
                verb.Says,
                [$"{KeyOf(verb)}.request"]
            );
        }
        channels["answers"] = Channel(
            Answer,
            "The client's own inbox: any other reply subject is not answered.",
            [.. Answers.Select(OkOf), "ok", "refused"]
        );
        channels["events"] = Channel(
            "chat.v1.evt.{person}.conversation.{conversation}",
            "What this person may see of a conversation, after it was committed.",
            [.. EventForms.All.Select(EventOf)]
        );
        channels["ephemerals"] = Channel(
            "chat.v1.eph.{person}.conversation.{conversation}",
            "What nobody keeps.",
            [.. EventForms.Ephemerals.Select(EphemeralOf)]
        );
        channels["profiles"] = Channel(
            "chat.v1.eph.{person}.person.{other}",
            "Who shares a conversation with somebody hears what they are called now.",
            [EphemeralOf(PeopleForms.Changed)]
        );
        channels["heads"] = Channel(
            "chat.v1.eph.{person}.sync.heads",
            "How far conversations have got, after a host took over.",
            [EphemeralOf(EventForms.Heads)]
        );
        channels["rooms"] = Channel(
            "chat.v1.evt.{person}.room.{room}",
            "The room that this person is in, after each change.",
            [EventOf(RoomForms.Changed), EventOf(RoomForms.Gone)]
        );
        channels["room_ephemerals"] = Channel(
            "chat.v1.eph.{person}.room.{room}",
            "What nobody keeps of a room.",
            [.. RoomForms.Ephemerals.Select(EphemeralOf)]
        );
        channels["house"] = Channel(
            "chat.v1.eph.{person}.house.{about}",
            "What changes in the house: of a room, or of somebody. What was lost is found by asking for the house.",
            [.. HouseForms.Told.Select(EphemeralOf)]
        );
        channels["calls"] = Channel(
            "chat.v1.evt.{person}.call.{other}",
            "A call with somebody, after each change.",
            [EventOf(CallForms.Call)]
        );
        channels["call_ephemerals"] = Channel(
            "chat.v1.eph.{person}.call.{other}",
            "What nobody keeps of a call.",
            [EphemeralOf(CallForms.Passed)]
        );
        return channels;
    }

    private static JsonObject Channel(string address, string says, string[] messages)
    {
        var parameters = new JsonObject();
        foreach (var part in address.Split('.').Where(part => part.StartsWith('{')))
            parameters[part.Trim('{', '}')] = new JsonObject { ["description"] = "1 to 64 of A-Z a-z 0-9 _ -" };
        var listed = new JsonObject();
        foreach (var message in messages)
            listed[message] = Ref($"#/components/messages/{message}");
        return new()
        {
            ["address"] = address,
            ["description"] = says,
            ["messages"] = listed,
            ["parameters"] = parameters,
        };
    }

    private static JsonObject Operations()
    {
        var operations = new JsonObject();
        foreach (var verb in Verbs.All)
            operations[KeyOf(verb)] = new JsonObject
            {
                ["action"] = "receive",
                ["channel"] = Ref($"#/channels/{KeyOf(verb)}"),
                ["summary"] = verb.Says,
                ["messages"] = new JsonArray(Ref($"#/channels/{KeyOf(verb)}/messages/{KeyOf(verb)}.request")),
                ["reply"] = new JsonObject
                {
                    ["channel"] = Ref("#/channels/answers"),
                    ["messages"] = new JsonArray(
                        Ref($"#/channels/answers/messages/{(verb.Ok is null ? "ok" : OkOf(verb.Ok))}"),
                        Ref("#/channels/answers/messages/refused")
                    ),
                },
            };
        foreach (
            var channel in (string[])
                [
                    "events",
                    "ephemerals",
                    "profiles",
                    "heads",
                    "rooms",
                    "room_ephemerals",
                    "house",
                    "calls",
                    "call_ephemerals",
                ]
        )
            operations[channel] = new JsonObject { ["action"] = "send", ["channel"] = Ref($"#/channels/{channel}") };
        return operations;
    }

    private static JsonObject Messages()
    {
        var messages = new JsonObject();
        foreach (var verb in Verbs.All)
            messages[$"{KeyOf(verb)}.request"] = Message(verb.Says, Schemas.OfFields(verb.Fields));
        foreach (var form in Answers)
            messages[OkOf(form)] = Message(form.Says, Schemas.OfOne("ok", Schemas.RefTo(form)));
        messages["ok"] = Message("It went through.", Schemas.OfOne("ok", new() { ["type"] = "object" }));
        messages["refused"] = Message(Forms.Refused.Says, Schemas.OfOne("refused", Schemas.RefTo(Forms.Refused)));
        messages["refused"]!["headers"] = Schemas.OfFields([
            Forms.Refused.Fields[0] with
            {
                Name = "Nats-Service-Error-Code",
            },
        ]);
        foreach (var form in (Listing<Form>)[.. EventForms.All, RoomForms.Changed, RoomForms.Gone, CallForms.Call])
            messages[EventOf(form)] = Message(form.Says, Schemas.OfFields(form.Fields));
        Listing<Form> ephemerals =
        [
            .. EventForms.Ephemerals,
            EventForms.Heads,
            PeopleForms.Changed,
            .. RoomForms.Ephemerals,
            .. HouseForms.Told,
            CallForms.Passed,
        ];
        foreach (var form in ephemerals)
            messages[EphemeralOf(form)] = Message(form.Says, Schemas.OfFields(form.Fields));
        return messages;
    }

    private static JsonObject Message(string says, JsonObject payload) =>
        new() { ["summary"] = says, ["payload"] = payload };

    private static JsonObject Ref(string to) => new() { ["$ref"] = to };

    private static string KeyOf(Verb verb) => $"{verb.Area}.{verb.Name}";

    private static string OkOf(Form form) => $"ok.{form.Name}";

    private static string EventOf(Form form) => $"event.{form.Name}";

    private static string EphemeralOf(Form form) => $"ephemeral.{form.Name}";
}
