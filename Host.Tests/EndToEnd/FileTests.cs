using System.Net;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Operate;
using Chat.Host.Verbs;
using Chat.Protocol.Wire;
using Npgsql;
using SkiaSharp;
using Xunit;
using Bonding = Chat.Domain.Pairs.Command;
using FileDoor = Chat.Protocol.Wire.Door;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Pictures and files, from outside: a door over NATS, the bytes over HTTP.</summary>
[Collection(ChatUp.Collection)]
public sealed class FileTests(ChatUp chat) : IDisposable
{
    private static readonly byte[] Text = "a text, and nothing else"u8.ToArray();
    private readonly HttpClient http = new() { BaseAddress = new Uri(Place.Read(chat.Folder).Http) };

    [Fact]
    public async Task A_picture_goes_with_a_message_and_every_member_gets_it_as_it_was()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        var picture = Samples.Picture(1_600, 900);
        var file = await BringAsync(mia, group, "Küche.png", "image/png", picture);
        Assert.Equal((picture.Length, 1_600, 900), (file.Bytes, file.Width, file.Height));
        var sent = await mia.DoAsync(group, Send(file));

        var message = Assert.Single((await tomas.HistoryAsync(group)).Messages);
        var said = Assert.IsType<Content.Present>(message.Content);
        Assert.Equal((Body.None, file), (said.Body, Assert.Single(said.Files)));
        await tomas.HearsAsync(group, sent.Version);
        var heard = tomas.Heard(group).OfType<Seen.Shown>().Select(one => one.Event).OfType<Event.MessageSent>();
        Assert.Equal(said, Assert.Single(heard).Content);
        Assert.Equal(said, (await tomas.EntryAsync(group))!.Last!.Content);

        Assert.Equal(picture, Must.Accept(await FetchAsync(tomas, group, 1, file)));
        var small = Must.Accept(await tomas.Client.DownloadAsync(http, group, 1, file.File, isSmall: true));
        using var preview = SKBitmap.Decode(small);
        Assert.Equal((640, 360), (preview.Width, preview.Height));
        Assert.True(small.Length < picture.Length);

        // Other words, the same picture.
        await mia.DoAsync(group, new Command.EditMessage(1, Texts.Body("our kitchen"), []));
        var edited = (Content.Present)Assert.Single((await tomas.HistoryAsync(group)).Messages).Content;
        Assert.Equal(("our kitchen", file), (edited.Body.Value, Assert.Single(edited.Files)));
        Assert.Equal(picture, Must.Accept(await FetchAsync(tomas, group, 1, file)));
    }

    [Fact]
    public async Task Only_ones_own_files_for_this_conversation_can_be_sent_as_they_are()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        var other = await mia.CreateAsync(ConversationKind.Group, "work");
        var file = await BringAsync(mia, group, "plan.txt", "text/plain", Text);
        Assert.Equal("not_found", await tomas.RefusedAsync(group, Send(file)));
        Assert.Equal("not_found", await mia.RefusedAsync(other, Send(file)));
        foreach (
            var spoilt in new[]
            {
                file with
                {
                    Name = Samples.Name("another.txt"),
                },
                file with
                {
                    Type = Samples.Type("text/html"),
                },
                file with
                {
                    Bytes = file.Bytes + 1,
                },
                file with
                {
                    At = file.At.Plus(1),
                },
                file with
                {
                    Width = 4,
                },
                file with
                {
                    File = FileId.Of("abc"),
                },
            }
        )
            Assert.Equal("not_found", await mia.RefusedAsync(group, Send(spoilt)));
        Assert.Equal("malformed", await mia.RefusedAsync(group, Send([.. Enumerable.Repeat(file, 11)])));
        await mia.DoAsync(group, Send(file, file));
        await mia.DoAsync(group, Send(file));
        Assert.Equal(Text, Must.Accept(await FetchAsync(tomas, group, 2, file)));
        // It is a file of that message, not of any.
        await mia.SayAsync(group, "words");
        Assert.Equal("not_found", Must.Refuse(await FetchAsync(tomas, group, 3, file)).Code);
    }

    [Fact]
    public async Task A_file_is_seen_by_who_sees_its_message_and_by_nobody_else()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await using var zoe = await chat.Door.GuestAsync("zoe");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person, zoe.Person);
        var file = await BringAsync(mia, group, "plan.txt", "text/plain", Text);
        await mia.DoAsync(group, Send(file));
        Assert.Equal("not_found", Must.Refuse(await FetchAsync(yuki, group, 1, file)).Code);
        await mia.DoAsync(group, new Command.Invite([yuki.Person]));
        await yuki.DoAsync(group, new Command.Join());
        Assert.Equal("not_found", Must.Refuse(await FetchAsync(yuki, group, 1, file)).Code);

        // What a door was given for is judged anew when one goes through it.
        var tomasDoor = await DoorAsync(tomas, group, 1, file);
        var zoeDoor = await DoorAsync(zoe, group, 1, file);
        Assert.Equal(Text, await http.GetByteArrayAsync(tomasDoor));
        await mia.DoAsync(group, new Command.Kick(tomas.Person, null));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(tomasDoor)).StatusCode);
        Must.Accept(await zoe.Client.ChangeFriendAsync(new Bonding.Block(mia.Person)));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(zoeDoor)).StatusCode);
        Assert.Equal("not_found", Must.Refuse(await FetchAsync(zoe, group, 1, file)).Code);
        Must.Accept(await zoe.Client.ChangeFriendAsync(new Bonding.Unblock(mia.Person)));
        Assert.Equal(Text, await http.GetByteArrayAsync(zoeDoor));

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(zoeDoor[..^1] + "x")).StatusCode);
        await using var desk = await chat.Door.GuestAsync(zoe.Person, "desk");
        var revoke = new Domain.People.Command.RevokeDevice(DeviceId.Of(Door.Device));
        Must.Accept(await desk.Client.ChangeSelfAsync(revoke));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(zoeDoor)).StatusCode);
    }

    [Fact]
    public async Task With_its_last_message_a_file_is_gone_from_where_it_was_kept()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea");
        var file = await BringAsync(mia, group, "sea.png", "image/png", Samples.Picture(1_600, 900));
        await mia.DoAsync(group, Send(file));
        await mia.DoAsync(group, Send(file));
        var door = await DoorAsync(mia, group, 1, file);
        Assert.Equal(2, await KeptAsync(file));

        await mia.DoAsync(group, new Command.RedactMessage(1, null));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(door)).StatusCode);
        await Task.Delay(2_500);
        Must.Accept(await FetchAsync(mia, group, 2, file));
        await mia.DoAsync(group, new Command.RedactMessage(2, null));
        Assert.Equal(0, await CountAsync("select count(*) from chat.chat_files where file = $1 and name <> ''", file));
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (await KeptAsync(file) > 0 && waited.Elapsed < TimeSpan.FromSeconds(20))
            await Task.Delay(100);
        Assert.Equal(0, await KeptAsync(file));
        Assert.Equal(0, await CountAsync("select count(*) from chat.chat_files where file = $1", file));
    }

    [Fact]
    public async Task What_is_brought_is_what_was_announced()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea");
        Task<LanguageExt.Either<Refusal, Attachment>> Bring(string type, byte[] bytes, ClientId? id = null) =>
            mia.Client.UploadAsync(http, group, Samples.Name("a"), Samples.Type(type), bytes, id);

        Assert.Equal("malformed", Must.Refuse(await Bring("image/png", Text)).Code);
        Assert.Equal("malformed", Must.Refuse(await Bring("image/jpeg", Samples.Picture(4, 4))).Code);
        Assert.Equal("malformed", Must.Refuse(await Bring("video/mp4", Text)).Code);
        Assert.Equal("too_large", Must.Refuse(await UploadDoorAsync(mia, group, 25_000_001)).Code);
        var door = Must.Accept(await UploadDoorAsync(mia, group, Text.Length));
        using var longer = new ByteArrayContent([.. Text, 1]);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PutAsync(door.Path, longer)).StatusCode);

        var id = ChatClient.NewId();
        var first = Must.Accept(await Bring("text/plain", Text, id));
        Assert.Equal(first, Must.Accept(await Bring("text/plain", Text, id)));
        Assert.Equal("conflict", Must.Refuse(await Bring("text/plain", [.. Text, 1], id)).Code);

        // A page of somebody's making is saved, and never shown as ours.
        var page = await BringAsync(mia, group, "a\"b ü.html", "text/html", "<script>alert(1)</script>"u8.ToArray());
        await mia.DoAsync(group, Send(page));
        var got = await http.GetAsync(await DoorAsync(mia, group, 1, page));
        Assert.Equal("application/octet-stream", got.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", got.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("a\"b ü.html", got.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Contains("sandbox", string.Join(' ', got.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task Who_may_not_send_files_may_still_speak()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        var file = await BringAsync(tomas, group, "plan.txt", "text/plain", Text);
        var denied = new Grant(Powers.None, Powers.Of(Permission.Attach));
        await mia.DoAsync(group, new Command.AssignRoles(tomas.Person, [], denied));
        var refused = Must.Refuse(await UploadDoorAsync(tomas, group, 5));
        Assert.Equal(("forbidden", "permission.attach"), (refused.Code, refused.Because[^1]));
        refused = Must.Refuse(await tomas.Client.ChangeAsync(group, Send(file)));
        Assert.Equal(("forbidden", "permission.attach"), (refused.Code, refused.Because[^1]));
        await tomas.SayAsync(group, "words then");
    }

    private static Command Send(params Attachment[] files) =>
        new Command.SendMessage(Body.None, null, []) { Files = [.. files] };

    private async Task<Attachment> BringAsync(Guest who, ConversationId to, string name, string type, byte[] bytes) =>
        Must.Accept(await who.Client.UploadAsync(http, to, Samples.Name(name), Samples.Type(type), bytes));

    private static Task<LanguageExt.Either<Refusal, FileDoor>> UploadDoorAsync(
        Guest who,
        ConversationId to,
        long bytes
    ) => who.Client.UploadDoorAsync(to, Samples.Name("a"), Samples.Type("text/plain"), bytes);

    private Task<LanguageExt.Either<Refusal, byte[]>> FetchAsync(
        Guest who,
        ConversationId from,
        long seq,
        Attachment file
    ) => who.Client.DownloadAsync(http, from, seq, file.File);

    private static async Task<string> DoorAsync(Guest who, ConversationId from, long seq, Attachment file) =>
        Must.Accept(await who.Client.FileDoorAsync(from, seq, file.File)).Path;

    private Task<long> KeptAsync(Attachment file) =>
        CountAsync("select count(*) from chat.chat_blobs where key like $1 || '%'", file);

    private async Task<long> CountAsync(string sql, Attachment file)
    {
        await using var source = chat.Database();
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue(file.File.Value);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public void Dispose() => http.Dispose();
}
