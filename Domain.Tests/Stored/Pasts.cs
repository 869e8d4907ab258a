using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Tests.Vectors;
using Chat.Domain.Values;
using Chat.Protocol.Stored;
using static Chat.Domain.Tests.Vectors.Scene;

namespace Chat.Domain.Tests.Stored;

/// <summary>
/// Whole pasts as the store holds them: conversations that people had, and streams in which every type comes, also
/// where no rule would have let it. A line is a stream's name, a type, bytes, and what was said.
/// </summary>
internal static class Pasts
{
    /// <summary>A past by the rules of today.</summary>
    public static IEnumerable<string> Make()
    {
        var lived = new[] { ConversationKind.Group, ConversationKind.Channel, ConversationKind.Direct }.SelectMany(
            kind => Live(kind).Select(recorded => Line($"{kind}", recorded))
        );
        // Twice over, since what happens first meets little that it could change.
        var everything = Enumerable
            .Range(0, 2)
            .SelectMany(_ => Samples.All.Concat(Samples.Grown))
            .Select(happened => Line($"every-{KindOf(happened)}", Samples.Record(happened)));
        return [.. lived, .. everything];
    }

    /// <summary>The events of a past, by the names of their streams, in order.</summary>
    public static IEnumerable<IGrouping<string, AnyEvent>> Read(string file) =>
        File.ReadLines(file)
            .Select(line => line.Split(' ', 4))
            .GroupBy(parts => parts[0], parts => EventOf(parts[1], parts[2], parts[3]));

    /// <summary>The stream of that kind before its first event.</summary>
    public static AnyStream FreshOf(AnyEvent happened) =>
        happened switch
        {
            Domain.People.Event => Domain.People.Person.New,
            Domain.Pairs.Event => Domain.Pairs.Pair.New,
            Domain.Desks.Event => Domain.Desks.Desk.New,
            Domain.Rooms.Event => Domain.Rooms.Room.New,
            Domain.Places.Event => Domain.Places.Place.New,
            Domain.Calls.Event => Domain.Calls.Line.New,
            _ => Conversation.New,
        };

    private static string KindOf(AnyEvent happened) => EventTypes.Of(happened).Name.Split('.')[0];

    private static string Line(string stream, Recorded recorded)
    {
        var stored = StoredEvents.Encode(recorded);
        var body = stored.Body is null ? "" : $"={stored.Body.Replace("\\", "\\\\").Replace("\n", "\\n")}";
        return $"{stream} {stored.Type.Name} {Convert.ToHexStringLower(stored.Bytes)} {body}";
    }

    private static AnyEvent EventOf(string type, string bytes, string body) =>
        StoredEvents
            .Decode(
                default,
                type,
                Convert.FromHexString(bytes),
                body.Length == 0 ? null : body[1..].Replace("\\n", "\n").Replace("\\\\", "\\")
            )
            .Match(
                Right: recorded => recorded.Event,
                Left: fault => throw new InvalidOperationException($"{type}: {fault.Rule}")
            );

    private static IEnumerable<Recorded> Live(ConversationKind kind)
    {
        var (scene, whims) = (new Scene(kind, $"past-{kind}".ToLowerInvariant()), new Whims(11));
        PersonId[] people = kind is ConversationKind.Direct ? [Noor, Mia] : [Noor, Mia, Tomas];
        var name = kind is ConversationKind.Direct ? null : Text(ConversationName.Create("Sunday supper"));
        scene.Ask(Noor, new Command.Create(kind, Listing.From(people.Skip(1)), name));
        for (var n = 0; n < 120; n++)
        {
            if (n % 8 == 0)
                scene.Ask(people[^1], Governed(n / 8, people[^2]));
            if (n % 8 == 4)
                scene.Ask(people[0], Governed(n / 8, people[^1]));
            scene.Ask(whims.OneOf(people), whims.Next(scene, people), whims.OneIn(8) ? 1_700_000_000_000 + n : null);
        }
        return scene.Events;
    }

    private static Command Governed(int turn, PersonId whom) =>
        (turn % 15) switch
        {
            0 => new Command.SetRole(Helpers, Text(RoleName.Create("Helpers")), 3, Some),
            1 => new Command.AssignRoles(whom, [Helpers], Some),
            2 => new Command.Pin(1),
            3 => new Command.Timeout(whom, 60_000, null),
            4 => new Command.ChangeSettings(new SettingsChange(History: HistoryRule.Last, HistoryLast: 5)),
            5 => new Command.Kick(whom, null),
            6 => new Command.Invite([whom]),
            7 => new Command.Ban(whom, 3_600_000, null, PurgeMs: 600_000),
            8 => new Command.Unban(whom),
            9 => new Command.Invite([whom]),
            10 => new Command.Uninvite(whom),
            11 => new Command.Unpin(1),
            12 => new Command.TransferOwnership(whom),
            13 => new Command.ChangeSettings(new SettingsChange(JoinRule.Knock)),
            _ => new Command.DropRole(Helpers),
        };

    private static readonly RoleId Helpers = RoleId.Of("helpers");

    private static Grant Some => new(Powers.Of(Permission.Pin, Permission.Kick), Powers.Of(Permission.React));

    private static T Text<T>(LanguageExt.Validation<Fault, T> text) =>
        text.Match(value => value, faults => throw new ArgumentException(faults.Head.Rule));
}
