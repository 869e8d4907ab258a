using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>Histories of a conversation as the domain itself decides them, from a seed.</summary>
internal static class Traces
{
    public static readonly PersonId[] People = [.. Enumerable.Range(0, 6).Select(i => PersonId.Of($"p{i}"))];

    /// <summary>The events that some commands come to, in order; the refused ones leave nothing.</summary>
    public static List<Recorded> Random(string stream, int seed, int commands)
    {
        var random = new Random(seed);
        var key = Scene.Key(stream);
        var events = new List<Recorded>();
        var current = Conversation.New;
        for (var i = 0; i < commands; i++)
        {
            var person = i == 0 ? People[0] : People[random.Next(People.Length)];
            var context = new Context(person, DeviceId.Of("phone"), new Instant(1_700_000_000_000 + i));
            var command = i == 0 ? Create(random) : Command(random, (State)current.State);
            var facts = Gathering.FromEvents(Conversation.New, current.Needs(context, command), toSeq(events));
            if (current.Decide(context, command, facts).Case is not Decision decision)
                continue;
            foreach (var happened in decision.Events)
            {
                events.Add(Scene.One(stream, current.Version + 1, $"s{seed}", (Event)happened));
                current = current.Evolve(happened);
            }
        }
        return events;
    }

    /// <summary>Appends a trace in pieces of random size.</summary>
    public static async Task AppendAsync(Scene scene, string stream, List<Recorded> events, int seed)
    {
        var random = new Random(seed);
        for (var at = 0; at < events.Count; )
        {
            var piece = events.Skip(at).Take(random.Next(1, 12)).ToList();
            await scene.CommitAsync(Scene.Of(stream, at, toSeq(piece).Strict()));
            at += piece.Count;
        }
    }

    /// <summary>
    /// The events as they are stored in the end: without what was said in messages that were taken back.
    /// </summary>
    public static Seq<Recorded> AsStored(List<Recorded> events)
    {
        var gone = events
            .Select(one => one.Event)
            .OfType<Event.MessageRedacted>()
            .Select(one => one.Message.Seq)
            .ToHashSet();
        return toSeq(events.Select(one => one with { Event = Veiled((Event)one.Event) })).Strict();

        Event Veiled(Event happened) =>
            gone.Contains(happened.MessageSeq ?? happened.About?.Seq ?? 0) ? happened.Stripped() : happened;
    }

    /// <summary>What a person may see in the end, from the events alone.</summary>
    public static Listing<Interval> AccessOf(PersonId person, IEnumerable<Recorded> events)
    {
        var key = new FactKey.AccessOf(person);
        return Gathering
            .FromEvents(Conversation.New, Seq1<AnyFactKey>(key), toSeq(events))
            .Find<Fact.AccessOf>(key)
            .Map(fact => fact.Stretches)
            .IfNone(Listing<Interval>.Empty);
    }

    /// <summary>The first of them has closed out the second, and is closed out by the third.</summary>
    public static Task BlockAsync(Scene scene) =>
        scene.RunAsync(
            "insert into chat.chat_pairs values ('p0', 'p1', '-', 0, true, 1, 0), ('p2', 'p0', '-', 0, true, 1, 0)"
        );

    /// <summary>Whom that veils.</summary>
    public static Set<PersonId> VeiledTo(PersonId person) =>
        person == People[0] ? Set(People[1], People[2])
        : person == People[1] || person == People[2] ? Set(People[0])
        : Empty;

    private static Command Create(Random random) =>
        new Command.Create(
            random.Next(3) == 0 ? ConversationKind.Channel : ConversationKind.Group,
            Listing.From(People.Take(random.Next(1, 4))),
            ConversationName.Create("here").ToOption().IfNoneUnsafe((ConversationName?)null)
        );

    private static Command Command(Random random, State state)
    {
        var seq = random.NextInt64(1, Math.Max(2, state.LastSeq + 1));
        return random.Next(12) switch
        {
            0 => new Command.Invite(Some(random)),
            1 or 2 => new Command.Join(),
            3 => new Command.Leave(),
            4 => new Command.EditMessage(seq, Text(random), Some(random)),
            5 => new Command.RedactMessage(seq, null),
            6 => new Command.React(seq, Scene.Face(random.Next(2) == 0 ? "+" : "-")),
            7 => new Command.Unreact(seq, Scene.Face("+")),
            8 => new Command.SetNickname(Nickname.Create($"n{random.Next(9)}").ToOption().Head()),
            _ => new Command.SendMessage(Text(random), random.Next(4) == 0 ? seq : null, Some(random)),
        };
    }

    private static Body Text(Random random) => Body.Create($"text {random.Next()}").ToOption().Head();

    private static Listing<PersonId> Some(Random random) => Listing.From(People.Where(_ => random.Next(4) == 0));
}
