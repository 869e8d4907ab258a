using Chat.Domain.Notices;
using Chat.Domain.Places;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Requests about the house: as a client writes them, and as a host reads them.</summary>
public static class HouseRequests
{
    internal const string Area = "house";

    /// <summary>Where a command goes: the id and the verb of its subject.</summary>
    /// <param name="command">What is wanted.</param>
    /// <param name="of">Whose place it is.</param>
    public static (string Id, string Verb) AddressOf(Command command, PersonId of) =>
        command switch
        {
            Command.Ghost one => (one.Person.Value, "ghost"),
            Command.Unghost one => (one.Person.Value, "unghost"),
            Command.Mute one => (one.Person.Value, "mute"),
            Command.Unmute one => (one.Person.Value, "unmute"),
            Command.Wave => (of.Value, "wave"),
            Command.SeeWaves => (Subjects.Nothing, "seen"),
            Command.SetPrivate => (Subjects.Nothing, "private"),
            Command.SetQuiet set => (Subjects.Nothing, set.Quiet is null ? "unquiet" : "quiet"),
        };

    /// <summary>The body of a request that carries a command.</summary>
    public static byte[] Of(Command command, ClientId client) =>
        Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, command, client));

    /// <summary>The body of a request to be in the house, or no more.</summary>
    public static byte[] Here(bool isSneaking, bool isAway) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(Writing.Count(isSneaking, isAway));
                if (isSneaking)
                    writer.Field("sneak", true);
                if (isAway)
                    writer.Field("away", true);
            }
        );

    /// <summary>The normal form for digests: the address, and the body without the client's id.</summary>
    public static byte[] Normal(Command command, PersonId of) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                var (id, verb) = AddressOf(command, of);
                writer.Write($"{Area}.{id}.{verb}");
                Write(ref writer, command, null);
            }
        );

    private static void Write(ref MessagePackWriter writer, Command command, ClientId? client)
    {
        var room = (command as Command.Wave)?.Room;
        var quiet = (command as Command.SetQuiet)?.Quiet;
        writer.WriteMapHeader(
            Writing.Count(
                client is not null,
                command is Command.Wave { IsBuzz: true },
                room is not null,
                command is Command.SetPrivate
            ) + (quiet is null ? 0 : 2 + Writing.Count(quiet.Offset != 0))
        );
        if (client is { } id)
            writer.Field("client_id", id.Value);
        if (command is Command.Wave { IsBuzz: true })
            writer.Field("buzz", true);
        if (room is { } into)
            writer.Field("room", into.Value);
        if (command is Command.SetPrivate set)
            writer.Field("private", set.IsPrivate);
        if (quiet is null)
            return;
        writer.Field("from", quiet.From);
        writer.Field("to", quiet.To);
        if (quiet.Offset != 0)
            writer.Field(quiet.Offset > 0 ? "ahead" : "behind", Math.Abs(quiet.Offset));
    }

    internal static Option<Validation<Fault, Ask>> Read(Address to, Fields body) =>
        to.Verb switch
        {
            "get" => Some(Requests.Nothing(to).Map(_ => (Ask)new Ask.House())),
            "here" => Some(
                (Requests.Nothing(to), body.Flag("sneak"), body.Flag("away")).Apply(
                    (_, sneaks, isAway) => (Ask)new Ask.Here(sneaks, isAway)
                )
            ),
            "closest" => Some(
                (Requests.Nothing(to), Requests.Limit(body, Domain.Closeness.Ranking.Most)).Apply(
                    (_, limit) => (Ask)new Ask.Closest(limit)
                )
            ),
            "private" => Own(
                to,
                body,
                body.FlagIfAny("private")
                    .Bind(given =>
                        given.Match(
                            isPrivate => Validation<Fault, Command>.Success(new Command.SetPrivate(isPrivate)),
                            () => Fields.Wrong<Command>("private", "is true or false")
                        )
                    )
            ),
            "quiet" => Own(to, body, Quiet(body)),
            "unquiet" => Own(to, body, Validation<Fault, Command>.Success(new Command.SetQuiet(null))),
            "seen" => Own(to, body, Validation<Fault, Command>.Success(new Command.SeeWaves())),
            "ghost" => Of(to, body, who => new Command.Ghost(who)),
            "unghost" => Of(to, body, who => new Command.Unghost(who)),
            "mute" => Of(to, body, who => new Command.Mute(who)),
            "unmute" => Of(to, body, who => new Command.Unmute(who)),
            "wave" => Some(
                (
                    PersonId.Create(to.Id),
                    Requests.Client(body),
                    body.TextIfAny("room", RoomId.Create),
                    body.Flag("buzz")
                ).Apply(
                    (who, client, room, isBuzz) =>
                        (Ask)new Ask.ChangePlace(who, client, new Command.Wave(room.ToNullable(), isBuzz))
                )
            ),
            _ => None,
        };

    private static Option<Validation<Fault, Ask>> Own(Address to, Fields body, Validation<Fault, Command> command) =>
        Some(
            (Requests.Nothing(to), Requests.Client(body), command).Apply(
                (_, client, asked) => (Ask)new Ask.ChangePlace(null, client, asked)
            )
        );

    private static Option<Validation<Fault, Ask>> Of(Address to, Fields body, Func<PersonId, Command> make) =>
        Some(
            (Requests.Client(body), PersonId.Create(to.Id)).Apply(
                (client, who) => (Ask)new Ask.ChangePlace(null, client, make(who))
            )
        );

    private static Validation<Fault, Command> Quiet(Fields body) =>
        (
            body.Number("from", 0, QuietHours.LastMinute),
            body.Number("to", 0, QuietHours.LastMinute),
            body.NumberIfAny("ahead", 0, QuietHours.MaxOffset),
            body.NumberIfAny("behind", 0, QuietHours.MaxOffset)
        )
            .Apply(
                (from, until, ahead, behind) =>
                    QuietHours.Create((int)from, (int)until, (int)(ahead.IfNone(0) - behind.IfNone(0)))
            )
            .Bind(hours => hours.Map(quiet => (Command)new Command.SetQuiet(quiet)));
}
