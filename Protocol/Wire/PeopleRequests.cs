using Chat.Domain.Meeting;
using Chat.Domain.People;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Requests about people and their devices: as a client writes them, and as a host reads them.</summary>
public static class PeopleRequests
{
    /// <summary>People asked about at once.</summary>
    public const int MaxPeople = 200;

    /// <summary>Where a command goes: the area, the id and the verb of its subject.</summary>
    public static (string Area, string Id, string Verb) AddressOf(Command command) =>
        command switch
        {
            Command.UpdateProfile => ("person", Subjects.Nothing, "update"),
            Command.SetPrivacy => ("person", Subjects.Nothing, "privacy"),
            Command.Dismiss dismiss => ("person", dismiss.Person.Value, "dismiss"),
            Command.DeclineInvitation decline => ("conversation", decline.Conversation.Value, "decline"),
            Command.RevokeDevice revoke => ("device", revoke.Device.Value, "revoke"),
            _ => throw new ArgumentException($"{command.GetType()} is nobody's to ask of themselves", nameof(command)),
        };

    /// <summary>The body of a request that carries a command.</summary>
    /// <exception cref="ArgumentException">It names something that there is no word for.</exception>
    public static byte[] Of(Command command, ClientId client) =>
        Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, command, client.Value));

    /// <summary>The normal form that digests are taken over: the address, then the body.</summary>
    public static byte[] Normal(Command command) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                var (area, id, verb) = AddressOf(command);
                writer.Write($"{area}.{id}.{verb}");
                Write(ref writer, command, null);
            }
        );

    /// <summary>Some people.</summary>
    public static byte[] People(Listing<PersonId> people) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("people", people);
            }
        );

    /// <summary>How many of whom one might meet, or of who is close.</summary>
    public static byte[] Limit(int limit) => AskBodies.Page(null, limit);

    /// <summary>Whom to find by what they are called, and how many at most.</summary>
    public static byte[] Find(SearchWords words, int limit) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("words", words.Value);
                writer.Field("limit", limit);
            }
        );

    private static void Write(ref MessagePackWriter writer, Command command, string? client)
    {
        var update = command as Command.UpdateProfile;
        var privacy = command as Command.SetPrivacy;
        writer.WriteMapHeader(
            Writing.Count(
                client is not null,
                update?.Name is not null,
                update?.About is not null,
                privacy?.Messages is not null,
                privacy?.Invites is not null,
                privacy?.MayMeet is not null,
                privacy?.Find is not null,
                privacy?.Presence is not null,
                privacy?.Receipts is not null
            )
        );
        if (client is not null)
            writer.Field("client_id", client);
        if (update?.Name is { } name)
            writer.Field("name", name.Value);
        if (update?.About is { } about)
            writer.Field("about", about.Value);
        if (privacy?.Messages is { } messages)
            writer.Field("messages", Words.Of(messages));
        if (privacy?.Invites is { } invites)
            writer.Field("invites", Words.Of(invites));
        if (privacy?.MayMeet is { } meet)
            writer.Field("meet", meet);
        if (privacy?.Find is { } find)
            writer.Field("find", Words.Of(find));
        if (privacy?.Presence is { } presence)
            writer.Field("presence", Words.Of(presence));
        if (privacy?.Receipts is { } receipts)
            writer.Field("receipts", Words.Of(receipts));
    }

    internal static Option<Validation<Fault, Ask>> Read(Address to, Fields body) =>
        (to.Area, to.Verb) switch
        {
            ("person", "get") => Some(
                (Requests.Nothing(to), body.People("people", MaxPeople)).Apply(
                    (_, people) => (Ask)new Ask.Profiles(people)
                )
            ),
            ("person", "update") => Some(Update(to, body)),
            ("person", "privacy") => Some(Privacy(to, body)),
            ("person", "self") => Some(Requests.Nothing(to).Map(_ => (Ask)new Ask.Self())),
            ("person", "dismiss") => Some(
                (Requests.Client(body), PersonId.Create(to.Id)).Apply(
                    (client, who) => (Ask)new Ask.ChangeSelf(client, new Command.Dismiss(who))
                )
            ),
            ("person", "find") => Some(
                (
                    Requests.Nothing(to),
                    body.Text("words", SearchWords.Create),
                    Requests.Limit(body, Finding.Most)
                ).Apply((_, words, limit) => (Ask)new Ask.Find(words, limit))
            ),
            ("person", "meet") => Some(
                (Requests.Nothing(to), Requests.Limit(body, Suggesting.Most)).Apply(
                    (_, limit) => (Ask)new Ask.Meet(limit)
                )
            ),
            ("device", "list") => Some(Requests.Nothing(to).Map(_ => (Ask)new Ask.Devices())),
            ("device", "revoke") => Some(
                (Requests.Client(body), DeviceId.Create(to.Id)).Apply(
                    (client, device) => (Ask)new Ask.ChangeSelf(client, new Command.RevokeDevice(device))
                )
            ),
            _ => SuspensionRequests.Read(to, body),
        };

    private static Validation<Fault, Ask> Privacy(Address to, Fields body) =>
        (
            Requests.Nothing(to),
            Requests.Client(body),
            Open(body, "messages"),
            Open(body, "invites"),
            body.FlagIfAny("meet"),
            (Open(body, "find"), Open(body, "presence"), Open(body, "receipts")).Apply(
                (find, presence, receipts) => (find, presence, receipts)
            )
        ).Apply(
            (_, client, messages, invites, meet, kept) =>
                (Ask)
                    new Ask.ChangeSelf(
                        client,
                        new Command.SetPrivacy(messages.ToNullable(), invites.ToNullable())
                        {
                            MayMeet = meet.ToNullable(),
                            Find = kept.find.ToNullable(),
                            Presence = kept.presence.ToNullable(),
                            Receipts = kept.receipts.ToNullable(),
                        }
                    )
        );

    private static Validation<Fault, Option<Openness>> Open(Fields body, string name) =>
        body[name] is null ? Validation<Fault, Option<Openness>>.Success(None)
        : Words.OpennessOf(body[name]) is { } known ? Validation<Fault, Option<Openness>>.Success(Some(known))
        : Fields.Wrong<Option<Openness>>(name, "everyone, friends or nobody");

    private static Validation<Fault, Ask> Update(Address to, Fields body) =>
        (
            Requests.Nothing(to),
            Requests.Client(body),
            body.TextIfAny("name", DisplayName.Create),
            body.TextIfAny("about", About.Create)
        ).Apply(
            (_, client, name, about) =>
                (Ask)
                    new Ask.ChangeSelf(client, new Command.UpdateProfile(Requests.OrNull(name), Requests.OrNull(about)))
        );
}
