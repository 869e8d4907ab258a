using System.Text;
using System.Text.Json;
using Chat.Domain.Conversations;
using Chat.Protocol;
using NATS.Client.Core;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>The other ways to talk: JSON, and the verbs in a terminal.</summary>
[Collection(ChatUp.Collection)]
public sealed class TalkTests(ChatUp chat)
{
    private static readonly NatsHeaders Json = new() { ["Content-Type"] = "application/json" };

    [Fact]
    public async Task Whoever_asks_in_json_is_answered_in_json()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var (made, _) = await AskAsync(
            mia,
            "conversation",
            "-",
            "create",
            """{"client_id":"a","kind":"group","members":[],"name":"json"}"""
        );
        var group = made.GetProperty("ok").GetProperty("conversation").GetString()!;
        var (sent, _) = await AskAsync(
            mia,
            "conversation",
            group,
            "send",
            """{"client_id":"b","body":"héllo \ud83c\udf75"}"""
        );
        var ok = sent.GetProperty("ok");
        Assert.Equal(
            (1L, 2L, false),
            (
                ok.GetProperty("seq").GetInt64(),
                ok.GetProperty("version").GetInt64(),
                ok.GetProperty("replayed").GetBoolean()
            )
        );
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", ok.GetProperty("at").GetString());
        var (page, _) = await AskAsync(mia, "conversation", group, "history", "{}");
        var message = Assert.Single(page.GetProperty("ok").GetProperty("messages").EnumerateArray());
        Assert.Equal("héllo 🍵", message.GetProperty("body").GetString());
        Assert.Equal(
            "héllo 🍵",
            Texts.Said((await mia.HistoryAsync(Domain.Values.ConversationId.Of(group))).Messages[0])
        );
        await mia.HearsAsync(Domain.Values.ConversationId.Of(group), 2);
    }

    [Fact]
    public async Task A_refusal_says_so_in_the_headers_too()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var (json, headers) = await AskAsync(mia, "conversation", "c0", "send", """{"client_id":"!","body":1}""");
        var refused = json.GetProperty("refused");
        Assert.Equal("malformed", refused.GetProperty("code").GetString());
        Assert.Equal(2, refused.GetProperty("because").GetArrayLength());
        Assert.Equal("malformed", headers["Nats-Service-Error-Code"].ToString());
        Assert.Equal(refused.GetProperty("because")[0].GetString(), headers["Nats-Service-Error"].ToString());
        var packed = await mia.Wire.RequestAsync<byte[], byte[]>(Subject(mia, "conversation", "c0", "get"), []);
        Assert.Equal("not_found", packed.Headers!["Nats-Service-Error-Code"].ToString());
        Assert.Equal(0x81, packed.Data![0]);
    }

    [Fact]
    public async Task Two_people_talk_in_their_terminals()
    {
        string[] folder = ["--data", chat.Folder];
        await using var tomas = await ChatProcess.StartAsync(["read", "tomas", "kitchen", "--follow", .. folder]);
        await tomas.SaysAsync("listening", TimeSpan.FromSeconds(20));
        var (code, said) = await ChatProcess.RunAsync([
            "say",
            "mia",
            "kitchen",
            "the [bold] soup",
            "is ready",
            .. folder,
        ]);
        Assert.Equal(0, code);
        Assert.Matches("^c[0-9a-f]{32} message 1, kept.$", said.Trim());
        await tomas.SaysAsync("mia  the [bold] soup is ready", TimeSpan.FromSeconds(10));
        await ChatProcess.RunAsync(["say", "tomas", "kitchen", "coming!", .. folder]);
        await tomas.SaysAsync("tomas  coming!", TimeSpan.FromSeconds(10));

        var (_, read) = await ChatProcess.RunAsync(["read", "mia", "kitchen", .. folder]);
        Assert.Matches(@"^\d\d:\d\d mia  the \[bold\] soup is ready\n\d\d:\d\d tomas  coming!$", read.Trim());
        var (_, last) = await ChatProcess.RunAsync(["read", "mia", "kitchen", "--last", "1", .. folder]);
        Assert.DoesNotContain("soup", last, StringComparison.Ordinal);
        tomas.Send(2);
        Assert.Equal(0, await tomas.EndsAsync());
    }

    [Fact]
    public async Task A_name_with_an_at_is_the_two_of_them_alone()
    {
        string[] folder = ["--data", chat.Folder];
        await ChatProcess.RunAsync(["say", "anna", "@Jörg Müller", "psst", .. folder]);
        var (code, read) = await ChatProcess.RunAsync(["read", "Jörg Müller", "@anna", .. folder]);
        Assert.Matches(@"^\d\d:\d\d anna  psst$", read.Trim());
        Assert.Equal(0, code);
        var (refused, words) = await ChatProcess.RunAsync([
            "read",
            "eve",
            "c00000000000000000000000000000000",
            .. folder,
        ]);
        Assert.Equal(1, refused);
        Assert.Contains("not_found", words, StringComparison.Ordinal);
    }

    private static async Task<(JsonElement Body, NatsHeaders Headers)> AskAsync(
        Guest who,
        string area,
        string id,
        string verb,
        string body
    )
    {
        var subject = Subject(who, area, id, verb);
        var answer = await who.Wire.RequestAsync<byte[], byte[]>(
            subject,
            Encoding.UTF8.GetBytes(body),
            new NatsHeaders(Json.ToDictionary())
        );
        return (JsonDocument.Parse(answer.Data).RootElement, answer.Headers ?? new NatsHeaders());
    }

    private static string Subject(Guest who, string area, string id, string verb) =>
        Subjects.Request(who.Person, Domain.Values.DeviceId.Of(Door.Device), area, id, verb);
}
