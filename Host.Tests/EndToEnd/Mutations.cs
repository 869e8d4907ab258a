using System.Text;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using MessagePack;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>
/// Valid requests with one byte changed, left out or put in, and now and then a bomb; all from one seed.
/// </summary>
internal sealed class Mutations
{
    internal sealed record Place(string Area, string Id, string Verb);

    private readonly Random random;
    private readonly (Place Place, byte[] Body, bool IsJson)[] often;
    private readonly (Place Place, byte[] Body, bool IsJson)[] seldom;

    private Mutations(Random random, (Place, byte[], bool)[] often, (Place, byte[], bool)[] seldom) =>
        (this.random, this.often, this.seldom) = (random, often, seldom);

    /// <summary>What announces or nests more than anybody should read.</summary>
    public static IReadOnlyList<(string Name, byte[] Body)> Bombs { get; } =
    [
        ("a map of four billion", [0xDF, 0xFF, 0xFF, 0xFF, 0xFF]),
        ("a map of 100,000", [0xDF, 0x00, 0x01, 0x86, 0xA0]),
        ("a list of four billion", [0x81, 0xA1, 0x61, 0xDD, 0xFF, 0xFF, 0xFF, 0xFF]),
        ("a text of four billion", [0x81, 0xA1, 0x61, 0xDB, 0xFF, 0xFF, 0xFF, 0xFF]),
        ("bytes of four billion", [0x81, 0xA1, 0x61, 0xC6, 0xFF, 0xFF, 0xFF, 0xFF]),
        ("lists 60,000 deep", [0x81, 0xA1, 0x61, .. Enumerable.Repeat((byte)0x91, 60_000)]),
        ("maps 20,000 deep", [.. Enumerable.Repeat<byte[]>([0x81, 0xA1, 0x61], 20_000).SelectMany(one => one)]),
        ("60,000 nothings", [0x81, 0xA1, 0x61, 0xDC, 0xEA, 0x60, .. Enumerable.Repeat((byte)0xC0, 60_000)]),
        ("10,000 keys", [0xDE, 0x27, 0x10, .. Enumerable.Range(0, 10_000).SelectMany(Key)]),
        (
            "lists of lists of empty lists",
            [
                0x81,
                0xA1,
                0x61,
                0xDC,
                0x75,
                0x30,
                .. Enumerable.Repeat<byte[]>([0x91, 0x90], 30_000).SelectMany(one => one),
            ]
        ),
        ("combining marks", Body(new string('\u0316', 16_000))),
        ("60,000 bytes of text", Body(new string('x', 60_000))),
    ];

    public static async Task<Mutations> OfAsync(Guest eve, Random random)
    {
        var group = await eve.CreateAsync(ConversationKind.Group, "mutations", Door.NewPerson("mia"));
        var channel = await eve.CreateAsync(ConversationKind.Channel, "mutations");
        for (var n = 0; n < 5; n++)
            await eve.SayAsync(group, "something to be changed");
        (ConversationId Where, Command Command)[] commands =
        [
            (group, new Command.SendMessage(Texts.Body("héllo 🍵"), 1, [eve.Person])),
            (group, new Command.EditMessage(2, Texts.Body("edited"), [])),
            (group, new Command.RedactMessage(3, Texts.Reason("why"))),
            (group, new Command.React(4, Texts.Emoji("🍵"))),
            (group, new Command.Unreact(4, Texts.Emoji("🍵"))),
            (group, new Command.Rename(Texts.Name("name"))),
            (group, new Command.SetTopic(Texts.Topic("topic"))),
            (group, new Command.SetNickname(Texts.Nickname("nick"))),
            (group, new Command.Invite([Door.NewPerson("guest")])),
            (channel, new Command.Leave()),
            (channel, new Command.Join()),
        ];
        var changes = commands.Select(one =>
            (
                new Place("conversation", one.Where.Value, RequestBodies.VerbOf(one.Command)),
                RequestBodies.Of(one.Command, ChatClient.NewId()),
                false
            )
        );
        return new Mutations(random, [.. changes, .. Asks(group), .. Json(group)], [.. await SeldomAsync(eve)]);
    }

    // What makes conversations, and what reads them all: the more of the one the longer the other takes.
    private static async Task<IEnumerable<(Place, byte[], bool)>> SeldomAsync(Guest eve)
    {
        var create = new Command.Create(ConversationKind.Group, [Door.NewPerson("tomas")], Texts.Name("made"));
        var cursor = Must.Accept(await eve.Client.ResumeAsync(null)).Cursor;
        return
        [
            (new Place("conversation", "-", "create"), RequestBodies.Of(create, ChatClient.NewId()), false),
            (new Place("sync", "-", "resume"), AskBodies.Resume(cursor, []), false),
        ];
    }

    private static IEnumerable<(Place, byte[], bool)> Asks(ConversationId group) =>
        [
            (new Place("conversation", group.Value, "history"), AskBodies.History(Anchor.Around, 3, 5), false),
            (new Place("conversation", group.Value, "get"), [0x80], false),
            (new Place("conversation", group.Value, "begin"), AskBodies.Begin([ViewPart.Counts]), false),
            (new Place("conversation", group.Value, "members"), AskBodies.Page("a", 10), false),
            (new Place("conversation", "-", "list"), AskBodies.Page(group.Value, 10), false),
            (new Place("conversation", group.Value, "search"), Search, false),
            (new Place("conversation", "-", "search"), Search, false),
            (new Place("conversation", group.Value, "read"), AskBodies.Seq(2), false),
            (new Place("conversation", group.Value, "delivered"), AskBodies.Seq(3), false),
        ];

    private static byte[] Search =>
        SearchRequests.Of(
            new(
                SearchWords.Create("héllo 茶 don't | & :* \\ '").IfFail(_ => null!),
                Before: new(long.MaxValue / 1_000_000)
            ),
            new Host.Store.SearchCursor(9_000_000_000_000, "main.c.x", 1).Encode(),
            20
        );

    private static IEnumerable<(Place, byte[], bool)> Json(ConversationId group) =>
        [
            (
                new Place("conversation", group.Value, "send"),
                """{"client_id":"j","body":"h\u00e9llo","mentions":["a"]}"""u8.ToArray(),
                true
            ),
            (new Place("conversation", group.Value, "history"), """{"before":5,"limit":2}"""u8.ToArray(), true),
        ];

    public (Place Place, byte[] Body, bool IsJson) Next()
    {
        var choice = random.Next(100) == 0 ? seldom : often;
        var (place, body, isJson) = choice[random.Next(choice.Length)];
        if (random.Next(500) == 0)
            return (place, Bombs[random.Next(Bombs.Count)].Body, isJson);
        var at = random.Next(body.Length);
        var other = random.Next(4) == 0 ? (byte)(body[at] ^ (1 << random.Next(8))) : (byte)random.Next(256);
        return random.Next(6) switch
        {
            0 => (place, [.. body[..at], .. body[(at + 1)..]], isJson),
            1 => (place, [.. body[..at], other, .. body[at..]], isJson),
            2 => (place, body[..at], isJson),
            _ => (place, [.. body[..at], other, .. body[(at + 1)..]], isJson),
        };
    }

    private static byte[] Key(int n) => [0xA4, .. Encoding.ASCII.GetBytes($"{n:x4}"), 0xC0];

    private static byte[] Body(string text) =>
        MessagePackSerializer.Serialize(new Dictionary<string, string> { ["client_id"] = "bomb", ["body"] = text });
}
