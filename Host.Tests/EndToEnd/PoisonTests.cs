using System.Text;
using System.Text.Json;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using MessagePack;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Bad requests among good ones: each is refused alone, and its neighbours do not notice.</summary>
[Collection(ChatUp.Collection)]
public sealed class PoisonTests(ChatUp chat)
{
    private const int Good = 50;

    /// <summary>A request that is refused, and with which code.</summary>
    private sealed record Poison(
        string Verb,
        byte[] Body,
        string Code = "malformed",
        bool IsJson = false,
        string Area = "conversation",
        string? Id = null
    );

    [Fact]
    public async Task Fifty_good_requests_pass_among_all_that_is_bad()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var raw = await RawRequests.OpenAsync(chat.Door, mia.Person);
        var group = await mia.CreateAsync(ConversationKind.Group, "poison");
        var poisons = All().ToList();
        var sending = new List<Task<RawAnswer>>();
        var refused = new List<(Poison Poison, Task<RawAnswer> Answer)>();
        for (var n = 0; n < Good; n++)
        {
            sending.Add(raw.AskAsync(raw.Subject("conversation", group.Value, "send"), Send($"good {n}", $"good-{n}")));
            foreach (var poison in poisons.Where((_, index) => index % Good == n))
                refused.Add(
                    (
                        poison,
                        raw.AskAsync(
                            raw.Subject(poison.Area, poison.Id ?? group.Value, poison.Verb),
                            poison.Body,
                            poison.IsJson
                        )
                    )
                );
        }
        foreach (var (poison, answer) in refused)
            Assert.Equal((poison.Verb, poison.Code), (poison.Verb, CodeOf(await answer, poison.IsJson)));
        foreach (var answer in await Task.WhenAll(sending))
            Assert.Null(RawRequests.CodeOf(answer));
        Assert.Equal(
            Enumerable.Range(0, Good).Select(n => $"good {n}"),
            (await mia.HistoryAsync(group, limit: 200)).Messages.Select(Texts.Said)
        );
        Assert.Equal(Good + 1, (await mia.GetAsync(group)).Entry.Version);
    }

    private static string? CodeOf(RawAnswer answer, bool isJson)
    {
        if (!isJson)
            return RawRequests.CodeOf(answer);
        using var json = JsonDocument.Parse(answer.Payload);
        Assert.Equal(answer.Code, json.RootElement.GetProperty("refused").GetProperty("code").GetString());
        return answer.Code;
    }

    private static IEnumerable<Poison> All() => [.. Wording(), .. Shapes(), .. Values(), .. Json(), .. Places()];

    private static IEnumerable<Poison> Wording()
    {
        yield return new("send", Send("a\0b", "nul"));
        yield return new("send", Send("", "empty"));
        yield return new("send", Send(" \n ", "blank"));
        yield return new("send", Send(new string('x', 16_385), "long"));
        yield return new("send", Send(new string('x', 60_000), "longer"));
        yield return new("send", Send(new string('ä', 8_193), "long in bytes"));
        yield return new(
            "send",
            Map(("client_id", "big"), ("body", "x"), ("junk", new string('x', 65_536))),
            "too_large"
        );
        yield return new("send", Raw(w => Text(w, "surrogate", [0xED, 0xA0, 0x80])));
        yield return new("send", Raw(w => Text(w, "utf8", [0xFF, 0xFE])));
        yield return new("send", Send("x", "with.dot"));
        yield return new("send", Send("x", ""));
        yield return new("send", Send("x", new string('x', 65)));
        yield return new("send", Send("x", "nul\0"));
        yield return new("rename", Map(("client_id", "r"), ("name", "two\nlines")));
        yield return new("react", Map(("client_id", "r"), ("seq", 1), ("emoji", new string('x', 65))));
    }

    private static IEnumerable<Poison> Shapes()
    {
        yield return new("send", []);
        yield return new("send", [0xC0]);
        yield return new("send", [0x90]);
        yield return new("send", [0xC1]);
        yield return new("send", "hello"u8.ToArray());
        yield return new("send", [.. Send("x", "tail"), 0x01]);
        yield return new("send", Send("x", "cut")[..^1]);
        yield return new("send", [0xDF, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return new("send", [0xDD, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return new("send", [0x81, 0xDB, 0xFF, 0xFF, 0xFF, 0xFF]);
        yield return new("send", [0x81, 0xA1, (byte)'a', 0xC9, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]);
        yield return new("send", [0x81, 0xA1, (byte)'a', 0xC4, 0x01, 0x00]);
        yield return new("send", [0x82, 0xA1, (byte)'a', 0x01, 0xA1, (byte)'a', 0x02]);
        yield return new("send", [0x81, 0x01, 0x01]);
        yield return new("send", [0x81, 0xA1, (byte)'a', .. Enumerable.Repeat((byte)0x91, 60_000), 0x01]);
        yield return new(
            "send",
            [.. Enumerable.Repeat<byte[]>([0x81, 0xA1, (byte)'a'], 20_000).SelectMany(one => one), 0x01]
        );
        yield return new("send", [0x81, 0xA1, (byte)'a', 0xCF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
    }

    private static IEnumerable<Poison> Values()
    {
        yield return new("send", Map(("client_id", 1), ("body", "x")));
        yield return new("send", Map(("client_id", "v"), ("body", 1)));
        yield return new("send", Map(("client_id", "v"), ("body", null)));
        yield return new("send", Map(("client_id", "v"), ("body", "x"), ("mentions", "mia")));
        yield return new("send", Map(("client_id", "v"), ("body", "x"), ("mentions", new object[] { "a b" })));
        yield return new(
            "send",
            Map(("client_id", "v"), ("body", "x"), ("mentions", Enumerable.Repeat<object>("p", 1_001).ToArray()))
        );
        yield return new("send", Map(("client_id", "v"), ("body", "x"), ("reply_to", -1)));
        yield return new("send", Map(("client_id", "v"), ("body", "x"), ("reply_to", 1L << 53)));
        yield return new("send", Map(("client_id", "v"), ("body", "x"), ("reply_to", 1.5)));
        yield return new("send", Map(("client_id", "v"), ("body", "x"), ("action", "yes")));
        yield return new("send", Map(("client_id", "v"), ("body", "x"), ("reply_to", 999_999)), "not_found");
        yield return new("edit", Map(("client_id", "v"), ("body", "x"), ("seq", "1")));
        yield return new("edit", Map(("client_id", "v"), ("body", "x"), ("seq", long.MinValue)));
        yield return new("history", Map(("limit", 0)));
        yield return new("history", Map(("before", 1), ("after", 1)));
        yield return new("read", Map(("seq", 0)));
        yield return new("list", Map(("after", "a.b")), Id: "-");
        yield return new("create", Map(("client_id", "v"), ("kind", "secret")), Id: "-");
        yield return new("create", Map(("client_id", "v"), ("kind", "channel")), Id: "-");
        yield return new("create", Map(("client_id", "v"), ("kind", "direct")), Id: "-");
        yield return new("resume", Map(("cursor", new string('x', 1_025))), Area: "sync", Id: "-");
        yield return new("search", Map(("words", "a\0b")), Id: "-");
        yield return new("search", Map(("words", new string('x', 257))));
        yield return new("search", Map(("words", 1)), Id: "-");
        yield return new("search", Map(("words", "x"), ("limit", 201)), Id: "-");
        yield return new("search", Map(("words", "x"), ("cursor", "no such cursor")), Id: "-");
        yield return new("search", Map(("words", "x"), ("before", "yesterday")));
        yield return new("search", Map(("author", "a b")));
        yield return new("resume", Map(("cursor", 1)), Area: "sync", Id: "-");
    }

    private static IEnumerable<Poison> Json()
    {
        foreach (
            var body in (string[])
                [
                    """{"client_id":"j","body":"\ud800"}""",
                    """{"client_id":"j","body":"a\u0000b"}""",
                    """{"client_id":"j","client_id":"k","body":"x"}""",
                    """{"client_id":"j","body":"x"} more""",
                    """{"client_id":"j","body":1e999}""",
                    """{"client_id":"j\ud800","body":"x"}""",
                    """{"\ud800":1}""",
                    "[1]",
                    "nonsense",
                    "{",
                    new string('[', 50_000),
                ]
        )
            yield return new("send", Encoding.UTF8.GetBytes(body), IsJson: true);
        yield return new("send", [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], IsJson: true);
    }

    private static IEnumerable<Poison> Places()
    {
        yield return new("explode", Send("x", "place"), "unsupported");
        yield return new("send", Send("x", "place"), "unsupported", Area: "kitchen");
        yield return new("SEND", Send("x", "place"), "unsupported");
        yield return new("send", Send("x", "place"), "not_found", Id: "c00000000000000000000000000000000");
        yield return new("send", Send("x", "place"), "not_found", Id: "-");
        yield return new("send", Send("x", "place"), Id: new string('c', 65));
        yield return new("send", Send("x", "place"), Id: "ünd");
        yield return new("create", Map(("client_id", "v"), ("kind", "group")));
    }

    private static byte[] Send(string body, string id) => Map(("client_id", id), ("body", body));

    private static byte[] Map(params (string Name, object? Value)[] fields) =>
        MessagePackSerializer.Serialize(fields.ToDictionary(field => field.Name, field => field.Value));

    private static byte[] Raw(Action<List<byte>> write)
    {
        var bytes = new List<byte>();
        write(bytes);
        return [.. bytes];
    }

    private static void Text(List<byte> bytes, string id, byte[] body)
    {
        bytes.Add(0x82);
        bytes.AddRange(MessagePackSerializer.Serialize("client_id"));
        bytes.AddRange(MessagePackSerializer.Serialize(id));
        bytes.AddRange(MessagePackSerializer.Serialize("body"));
        bytes.Add((byte)(0xA0 | body.Length));
        bytes.AddRange(body);
    }
}
