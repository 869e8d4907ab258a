using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Values;

namespace Chat.Domain.Tests.Vectors;

/// <summary>What people do in a conversation as it comes to their minds, from one seed.</summary>
internal sealed class Whims(int seed)
{
    private static readonly string[] Sayings =
    [
        "soup at eight?",
        "yes 🫶",
        "two lines,\nand another",
        "é, and e\u0301",
        "<b>not bold</b> & \"quoted\"",
        "家で待ってる",
        "👩‍👩‍👧‍👦 👍🏽 🇸🇪",
        "שלום to you",
        "could you bring the bread, please? There is none left, and the shop closes at seven.",
    ];

    private static readonly string[] Emojis = ["🫶", "👍🏽", ":wave:"];
    private readonly Random random = new(seed);

    public int Below(int bound) => random.Next(bound);

    public bool OneIn(int chances) => random.Next(chances) == 0;

    public PersonId OneOf(params PersonId[] people) => people[random.Next(people.Length)];

    /// <summary>Something that a member may well do; not all of it is accepted.</summary>
    public Command Next(Scene scene, PersonId[] people)
    {
        // Mostly of late; now and then about what some of them may not see.
        var seq = Math.Max(1, scene.LastSeq - random.Next(OneIn(4) ? 60 : 12));
        return random.Next(28) switch
        {
            0 => new Command.EditMessage(seq, Text(), Mentions(people)),
            1 => new Command.EditMessage(seq, Text(), []),
            2 => new Command.RedactMessage(seq, OneIn(2) ? null : Of(Reason.Create("said too soon"))),
            3 or 4 or 5 => new Command.React(seq, Emoji()),
            6 or 24 or 25 => new Command.Unreact(seq, Emoji()),
            26 => new Command.React(seq, Emoji()),
            27 => new Command.EditMessage(seq, Text(), Mentions(people)),
            7 => new Command.Rename(Of(ConversationName.Create($"Sunday supper {random.Next(9)}"))),
            8 => new Command.SetTopic(Of(Topic.Create(OneIn(3) ? "" : $"round {random.Next(9)}"))),
            9 => new Command.SetNickname(Of(Nickname.Create($"nick {random.Next(9)}"))),
            10 => new Command.Invite([OneOf(people), OneOf(people)]),
            11 => new Command.Leave(),
            12 or 13 => new Command.Join(),
            14 or 15 => new Command.SendMessage(Text(), seq, Mentions(people)),
            16 => new Command.SendMessage(Text(), null, [], IsAction: true),
            17 => new Command.SendMessage(OneIn(2) ? Body.None : Text(), null, []) { Files = [File(OneIn(2))] },
            18 => new Command.SendMessage(Text(), null, Mentions(people)) { Roles = [RoleId.Everyone] },
            _ => new Command.SendMessage(Text(), null, Mentions(people)),
        };
    }

    /// <summary>What stands between messages: that two called each other, or that some had a party.</summary>
    public static (Command, Command) Lines(Scene scene)
    {
        if (scene.Kind is ConversationKind.Direct)
            return (
                new Command.Record(true, Domain.Calls.Ending.HungUp, 61_000),
                new Command.Record(false, Domain.Calls.Ending.Missed, 0)
            );
        var people = scene.State.Members.Keys.Take(2).Append(Scene.Noor).Distinct();
        var party = new Rooms.Party(
            Of(RoomName.Create("Kitchen")),
            Now,
            Now.Plus(3_600_000),
            Listing.From(people.Select(one => new Rooms.Attended(one, Now, Now.Plus(3_600_000)))),
            [new("trivia", true, [new(Scene.Noor, 300)])]
        );
        return (new Command.KeepParty(party), new Command.KeepParty(party with { Games = [] }));
    }

    private Body Text() => Of(Body.Create(Sayings[random.Next(Sayings.Length)]));

    private static readonly Instant Now = new(1_760_000_000_000);

    private static Attachment File(bool isPicture) =>
        isPicture
            ? new(FileId.Of("f-1"), Of(FileName.Create("sea.jpg")), Of(MediaType.Create("image/jpeg")), 9, Now, 40, 30)
            : new(FileId.Of("f-2"), Of(FileName.Create("plan.txt")), Of(MediaType.Create("text/plain")), 5, Now);

    private Emoji Emoji() => Of(Domain.Values.Emoji.Create(Emojis[random.Next(Emojis.Length)]));

    private Listing<PersonId> Mentions(PersonId[] people) =>
        random.Next(4) switch
        {
            0 => [OneOf(people)],
            1 => [people[0]],
            _ => [],
        };

    private static T Of<T>(LanguageExt.Validation<Fault, T> text) =>
        text.Match(value => value, faults => throw new ArgumentException(faults.Head.Rule));
}
