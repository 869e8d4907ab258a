using System.Text;
using System.Text.Json;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Verbs;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What is found through the front door: soon after it was said, never after it was taken back.</summary>
[Collection(ChatUp.Collection)]
public sealed class SearchTests(ChatUp chat)
{
    [Fact]
    public async Task What_was_said_is_found_within_seconds_and_not_after_it_was_taken_back()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "found", tomas.Person);
        await mia.SayAsync(group, "the Teapot is mine");
        await mia.SayAsync(group, "my teapot", null, tomas.Person);
        await FindsAsync(tomas, "TEAPOT", "my teapot", "the Teapot is mine");
        Assert.Equal(["my teapot"], await SaidAsync(tomas, For("teapot") with { Mention = tomas.Person }));

        await mia.DoAsync(group, new Command.RedactMessage(1, null));
        Assert.Equal(["my teapot"], await SaidAsync(tomas, For("teapot")));
        await mia.DoAsync(group, new Command.EditMessage(2, Texts.Body("my kettle"), []));
        Assert.Empty(await SaidAsync(tomas, For("teapot")));
        await FindsAsync(tomas, "kettle", "my kettle");
        Assert.Empty(await SaidAsync(tomas, For("teapot")));
        Assert.Empty(await SaidAsync(tomas, For("kettle") with { Mention = tomas.Person }));
    }

    [Fact]
    public async Task Who_is_not_in_or_has_left_finds_nothing()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        await using var out1 = await chat.Door.GuestAsync("out");
        var group = await mia.CreateAsync(ConversationKind.Group, "left", eve.Person);
        var channel = await mia.CreateAsync(ConversationKind.Channel, "open", eve.Person);
        await mia.SayAsync(group, "saffron in the group");
        await mia.SayAsync(channel, "saffron in the channel");
        await FindsAsync(eve, "saffron", "saffron in the channel", "saffron in the group");
        await eve.DoAsync(group, new Command.Leave());
        Assert.Equal(["saffron in the channel"], await SaidAsync(eve, For("saffron")));
        await eve.DoAsync(channel, new Command.Leave());
        foreach (var one in (Guest[])[eve, out1])
        {
            Assert.Empty(await SaidAsync(one, For("saffron")));
            Assert.Equal("not_found", Must.Refuse(await one.Client.SearchAsync(For("saffron"), group)).Code);
            Assert.Equal("not_a_member", Must.Refuse(await one.Client.SearchAsync(For("saffron"), channel)).Code);
        }
    }

    [Fact]
    public async Task The_part_of_a_group_that_is_another_persons_stays_theirs()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "parts");
        await mia.SayAsync(group, "cinnamon before");
        await mia.DoAsync(group, new Command.Invite([eve.Person]));
        await eve.DoAsync(group, new Command.Join());
        await mia.SayAsync(group, "cinnamon during");
        await mia.SayAsync(group, "cinnamon for a moment");
        await eve.DoAsync(group, new Command.Leave());
        await mia.SayAsync(group, "cinnamon between");
        await mia.DoAsync(group, new Command.EditMessage(3, Texts.Body("cinnamon changed"), []));
        await mia.DoAsync(group, new Command.Invite([eve.Person]));
        await eve.DoAsync(group, new Command.Join());
        await mia.SayAsync(group, "cinnamon after");
        await FindsAsync(
            mia,
            "cinnamon",
            "cinnamon after",
            "cinnamon between",
            "cinnamon changed",
            "cinnamon during",
            "cinnamon before"
        );
        // Nor the words that an edit gave while she was away, nor those that it took.
        Assert.Equal(["cinnamon after", "cinnamon during"], await SaidAsync(eve, For("cinnamon")));
        var one = Must.Accept(await eve.Client.SearchAsync(For("cinnamon"), group, limit: 1));
        var rest = Must.Accept(await eve.Client.SearchAsync(For("cinnamon"), group, one.Cursor, 1));
        Assert.Equal("cinnamon after", Texts.Said(Assert.Single(one.Messages).Message));
        Assert.Equal("cinnamon during", Texts.Said(Assert.Single(rest.Messages).Message));
        Assert.Null(rest.Cursor);
    }

    [Fact]
    public async Task What_carries_a_file_is_found_by_who_sees_it_until_it_is_taken_back()
    {
        using var http = new HttpClient { BaseAddress = new Uri(Place.Read(chat.Folder).Http) };
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        var picture = await BringAsync("kitchen.png", "image/png", Samples.Picture(40, 30));
        var list = await BringAsync("list.txt", "text/plain", "a text"u8.ToArray());
        await mia.DoAsync(group, new Command.SendMessage(Body.None, null, []) { Files = [picture] });
        await mia.DoAsync(group, new Command.SendMessage(Body.None, null, []) { Files = [list] });
        await mia.SayAsync(group, "no file, no picture, not even #file");
        await IsFoundAsync(Carried.File, "2 1");
        await IsFoundAsync(Carried.Picture, "1");
        Assert.Empty(await HavingAsync(eve, Carried.File));

        await using var raw = await RawRequests.OpenAsync(chat.Door, tomas.Person);
        var subject = raw.Subject("conversation", group.Value, "search");
        var answer = await raw.AskAsync(subject, """{"has":"picture"}"""u8.ToArray(), isJson: true);
        Assert.Contains("kitchen.png", Encoding.UTF8.GetString(answer.Payload), StringComparison.Ordinal);
        answer = await raw.AskAsync(subject, """{"has":"friends"}"""u8.ToArray(), isJson: true);
        Assert.Contains("malformed", Encoding.UTF8.GetString(answer.Payload), StringComparison.Ordinal);

        await mia.DoAsync(group, new Command.RedactMessage(1, null));
        Assert.Empty(await HavingAsync(tomas, Carried.Picture));
        Assert.Equal("2", await HavingAsync(tomas, Carried.File));

        async Task<Attachment> BringAsync(string name, string type, byte[] bytes) =>
            Must.Accept(await mia.Client.UploadAsync(http, group, Samples.Name(name), Samples.Type(type), bytes));

        Task IsFoundAsync(Carried has, string seqs) =>
            Eventually.HoldsAsync(async () => await HavingAsync(tomas, has) == seqs, $"a {has} is found", 5);

        async Task<string> HavingAsync(Guest by, Carried has) =>
            string.Join(
                ' ',
                Must.Accept(await by.Client.SearchAsync(new SearchQuery(null, Has: has)))
                    .Messages.Where(one => one.Conversation == group)
                    .Select(one => one.Message.Seq)
            );
    }

    [Fact]
    public async Task Whoever_asks_in_json_finds_the_same_and_a_hostile_text_is_only_a_text()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var raw = await RawRequests.OpenAsync(chat.Door, mia.Person);
        var group = await mia.CreateAsync(ConversationKind.Group, "json");
        await mia.SayAsync(group, "don't 'quote' & :* me \\ 喝茶");
        foreach (var words in (string[])["quote & me", "!don't", "喝茶", "me:*", "quote \\", "'quote'", "<-> me"])
            await FindsAsync(mia, words, "don't 'quote' & :* me \\ 喝茶");
        foreach (var words in (string[])["quo", "quote | absent", "-- ;", "茶喝", " "])
            Assert.Empty(await SaidAsync(mia, For(words)));
        var body = """{"words":"ME","after":"2020-01-01T00:00:00Z","limit":1}""";
        var answer = await raw.AskAsync(
            raw.Subject("conversation", group.Value, "search"),
            Encoding.UTF8.GetBytes(body),
            isJson: true
        );
        using var json = JsonDocument.Parse(answer.Payload);
        var found = Assert.Single(json.RootElement.GetProperty("ok").GetProperty("found").EnumerateArray());
        Assert.Equal(group.Value, found.GetProperty("conversation").GetString());
        Assert.Equal(1, found.GetProperty("message").GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task In_a_terminal_one_reads_what_was_found()
    {
        Assert.Equal(0, (await ChatAsync("say", "zoe", "kitchen", "nutmeg and mace")).Code);
        Assert.Equal(0, (await ChatAsync("say", "zoe", "@yan", "nutmeg for two")).Code);
        await Eventually.HoldsAsync(
            async () =>
                (await ChatAsync("search", "zoe", "nutmeg")).Output.Contains("2 found.", StringComparison.Ordinal),
            "both are found"
        );
        var (code, output) = await ChatAsync("search", "zoe", "MACE", "nutmeg", "--in", "kitchen");
        Assert.Equal(0, code);
        Assert.Contains("kitchen", output, StringComparison.Ordinal);
        Assert.Contains("zoe  nutmeg and mace", output, StringComparison.Ordinal);
        Assert.Contains(
            "@yan",
            (await ChatAsync("search", "zoe", "two", "--in", "@yan")).Output,
            StringComparison.Ordinal
        );
        Assert.Contains("Nothing found.", (await ChatAsync("search", "yan", "mace")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await ChatAsync("search", "zoe", "!")).Code);
        Assert.Contains("--mentions", (await ChatAsync("search", "--help")).Output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output)> ChatAsync(string verb, params string[] rest) =>
        ChatProcess.RunAsync(rest is ["--help"] ? [verb, .. rest] : [verb, .. rest, "--data", chat.Folder]);

    internal static SearchQuery For(string words) =>
        new(SearchWords.Create(words).IfFail(_ => throw new ArgumentException(words)));

    /// <summary>What is found wherever one is in, the newest first.</summary>
    internal static async Task<string[]> SaidAsync(Guest by, SearchQuery query) =>
        [.. Must.Accept(await by.Client.SearchAsync(query)).Messages.Select(one => Texts.Said(one.Message) ?? "")];

    // Within the five seconds that a search may be behind.
    private static Task FindsAsync(Guest by, string words, params string[] expected) =>
        Eventually.HoldsAsync(
            async () => (await SaidAsync(by, For(words))).SequenceEqual(expected),
            $"“{words}” finds {string.Join(", ", expected)}",
            5
        );
}
