using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Store;
using LanguageExt;
using Npgsql;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>A store with a lease, and short ways to say what is appended.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Host = "host-a";
    public static readonly PersonId Ann = PersonId.Of("ann");
    public static readonly PersonId Bob = PersonId.Of("bob");
    public static readonly PersonId Cid = PersonId.Of("cid");

    private long batches;

    private Scene(Database database, string connection) =>
        (Database, Connection, Append) = (database, connection, new Append(database));

    public Database Database { get; }
    public string Connection { get; }
    public long Epoch { get; set; } = 1;
    public Append Append { get; }

    public static async Task<Scene> OpenAsync(StoreFixture fixture) =>
        await OpenAsync(await fixture.FreshAsync(), null);

    /// <summary>On a database of somebody's making, with a standby that may be read.</summary>
    public static async Task<Scene> OpenAsync(string connection, string? replica)
    {
        var scene = new Scene(await Database.OpenAsync(new DatabaseOptions(connection, Host, replica)), connection);
        await scene.RunAsync("insert into chat.chat_hosts values ('host-a', 1, now() + interval '1 hour')");
        return scene;
    }

    public static StreamKey Key(string id) => StreamKey.Of(TenantId.Main, ConversationId.Of(id));

    public static Stamp By(PersonId person) => new(person, new Instant(1_700_000_000_000));

    public static Content Said(string text) =>
        new Content.Present(Body.Create(text).IfFail(_ => throw new ArgumentException(text)));

    public static Emoji Face(string text) => Emoji.Create(text).IfFail(_ => throw new ArgumentException(text));

    public static Event.Created Made(params PersonId[] members) =>
        new(By(members[0]), ConversationKind.Group, Listing.Of<PersonId>(members), null);

    public static Event.MessageSent Sent(PersonId by, long seq, string text, params PersonId[] mentions) =>
        new(By(by), seq, Said(text), null, Listing.Of<PersonId>(mentions));

    /// <summary>Events of a stream, from a version on; ids follow from stream, version and a salt.</summary>
    public static Seq<Recorded> Record(string stream, long from, string salt, params Event[] events) =>
        toSeq(events.Select((happened, i) => One(stream, from + i, salt, happened))).Strict();

    public static Recorded One(string stream, long version, string salt, Event happened)
    {
        var (key, client) = (Key(stream), ClientId.Of($"{salt}-{version}"));
        var device = DeviceId.Of("phone");
        var id = Derive.EventId(key, happened.By, device, client, 0);
        return new Recorded(key, version, id, happened, new Origin(device, client, new Digest(7)), []);
    }

    public static Addition Add(string stream, long expected, params Event[] events) =>
        Of(stream, expected, Record(stream, expected + 1, "a", events));

    public static Addition Of(string stream, long expected, Seq<Recorded> events) =>
        new(Key(stream), expected, events, Empty, Empty, Conversation.New);

    public Task<Outcome> SendAsync(params Addition[] additions) => SendAsync(additions, []);

    public Task<Outcome> SendAsync(Addition[] additions, MarkSet[] marks, int attempt = 0) =>
        Append.AppendAsync(new Batch(++batches, attempt, Epoch, toSeq(additions).Strict(), toSeq(marks).Strict()));

    /// <summary>The same, where all of it must go in.</summary>
    public async Task CommitAsync(params Addition[] additions)
    {
        if (await SendAsync(additions) is not Outcome.Committed { Aside.IsEmpty: true })
            throw new InvalidOperationException("it was not committed");
    }

    /// <summary>Asks something of one moment of the database.</summary>
    public async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> ask)
    {
        await using var connection = await Database.Reads.OpenConnectionAsync();
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        return await ask(connection);
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Database.Reads.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Rows as text, their columns parted by blanks.</summary>
    public async Task<string[]> RowsAsync(string sql)
    {
        await using var command = Database.Reads.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader, i))));
        return [.. rows];
    }

    /// <summary>Returns when a count is not 0.</summary>
    public async Task UntilAsync(string count)
    {
        for (var turn = 0; turn < 200; turn++)
        {
            if ((await RowsAsync(count))[0] != "0")
                return;
            await Task.Delay(20);
        }
        throw new TimeoutException(count);
    }

    /// <summary>Every commit of this server waits for a standby that is not there, until this is disposed of.</summary>
    public async Task<IAsyncDisposable> WithoutStandbyAsync()
    {
        await RunAsync("alter system set synchronous_standby_names = 'nobody'");
        var back = new Back(this);
        await RunAsync("select pg_reload_conf()");
        await UntilAsync("select count(*) from pg_settings where name = 'synchronous_standby_names' and setting <> ''");
        // What decides about waiting is set by another process, when it comes to it.
        await Task.Delay(TimeSpan.FromSeconds(1));
        return back;
    }

    private sealed class Back(Scene scene) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await scene.RunAsync("alter system reset synchronous_standby_names");
            await scene.RunAsync("select pg_reload_conf()");
        }
    }

    private static string Text(NpgsqlDataReader reader, int at) =>
        reader.IsDBNull(at) ? "-"
        : reader.GetValue(at) is long[] numbers ? string.Join(',', numbers)
        : reader.GetValue(at).ToString()!;

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
