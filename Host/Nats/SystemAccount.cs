using System.Text.Json;
using NATS.Client.Core;

namespace Chat.Host.Nats;

/// <summary>
/// A connection of the account APP, whom its JWT names (a host's has no dot), and how much it listens to.
/// </summary>
internal sealed record ListedConnection(ConnectionId Id, string? Name, int Subscriptions);

/// <summary>
/// What the servers can be asked through the system account: who is connected, and to close a connection.
/// </summary>
internal sealed class SystemAccount(INatsConnection connection)
{
    // 256 connections with the longest name that fits into CONNECT stay far below the pending limit.
    private const int PageSize = 256;

    private static readonly System.Collections.Generic.HashSet<string> Nobody = [];
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// All connections of all servers that answer, by server. Not a snapshot: one that closes while pages are read can
    /// shift another out of sight, so absence has to be asked for with <see cref="ExistsAsync"/>.
    /// </summary>
    public async Task<Dictionary<string, List<ListedConnection>>> ListAsync(CancellationToken cancel)
    {
        var listed = new Dictionary<string, List<ListedConnection>>(StringComparer.Ordinal);
        foreach (var first in await AskAllAsync(Question(offset: 0), Nobody, cancel))
        {
            var all = listed[first.Server] = [.. first.Connections];
            for (var page = first; page.Connections.Count > 0 && all.Count < page.Total; )
            {
                page = await AskAsync(first.Server, Question(offset: all.Count), cancel) ?? Page.Empty;
                all.AddRange(page.Connections);
            }
        }

        return listed;
    }

    /// <summary>
    /// The connections with that name in their JWT. Waits for every server of <paramref name="servers"/>, for a
    /// quarter of a second of silence where one of them does not answer or none is given.
    /// </summary>
    public async Task<List<ConnectionId>> FindAsync(string name, IReadOnlySet<string> servers, CancellationToken cancel)
    {
        var question = Write(json =>
        {
            json.WriteString("acc", ServerConfig.AppAccount);
            json.WriteString("user", name);
        });
        var pages = await AskAllAsync(question, servers, cancel);
        return [.. pages.SelectMany(page => page.Connections).Where(c => c.Name == name).Select(c => c.Id)];
    }

    public async Task<bool> ExistsAsync(ConnectionId id, CancellationToken cancel)
    {
        var question = Write(json => json.WriteNumber("cid", id.Cid));
        return await AskAsync(id.Server, question, cancel) is { Connections.Count: > 0 };
    }

    /// <summary>Whether a server still answers.</summary>
    public async Task<bool> AnswersAsync(string server, CancellationToken cancel) =>
        await AskAsync(server, Question(offset: 0), cancel) is not null;

    /// <summary>Closes a connection, authenticated or not yet. No error where it has gone already.</summary>
    public async Task KickAsync(ConnectionId id, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await JsonSerializer.SerializeAsync(
            body,
            new Dictionary<string, ulong> { ["cid"] = id.Cid },
            cancellationToken: cancel
        );
        await RequestAsync($"$SYS.REQ.SERVER.{id.Server}.KICK", body.ToArray(), cancel);
    }

    private async Task<List<Page>> AskAllAsync(byte[] question, IReadOnlySet<string> servers, CancellationToken cancel)
    {
        var pages = new List<Page>();
        var missing = new System.Collections.Generic.HashSet<string>(servers, StringComparer.Ordinal);
        var replies = connection.RequestManyAsync<byte[], byte[]>(
            "$SYS.REQ.SERVER.PING.CONNZ",
            question,
            replyOpts: new NatsSubOpts
            {
                StartUpTimeout = Patience,
                IdleTimeout = Silence,
                Timeout = 2 * Patience,
            },
            cancellationToken: cancel
        );
        await foreach (var reply in replies)
        {
            if (Page.Read(reply.Data) is { } page)
            {
                pages.Add(page);
                missing.Remove(page.Server);
                if (servers.Count > 0 && missing.Count == 0)
                {
                    break;
                }
            }
        }

        return pages;
    }

    private async Task<Page?> AskAsync(string server, byte[] question, CancellationToken cancel) =>
        Page.Read(await RequestAsync($"$SYS.REQ.SERVER.{server}.CONNZ", question, cancel));

    private async Task<byte[]?> RequestAsync(string subject, byte[] body, CancellationToken cancel)
    {
        try
        {
            var options = new NatsSubOpts { Timeout = Patience };
            return (
                await connection.RequestAsync<byte[], byte[]>(
                    subject,
                    body,
                    replyOpts: options,
                    cancellationToken: cancel
                )
            ).Data;
        }
        catch (Exception e) when (e is NatsNoRespondersException or NatsNoReplyException)
        {
            return null;
        }
    }

    private static byte[] Question(int offset) =>
        Write(json =>
        {
            json.WriteString("acc", ServerConfig.AppAccount);
            json.WriteNumber("offset", offset);
        });

    private static byte[] Write(Action<Utf8JsonWriter> filter)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteBoolean("auth", true);
            json.WriteNumber("limit", PageSize);
            filter(json);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private sealed record Page(string Server, int Total, IReadOnlyList<ListedConnection> Connections)
    {
        public static readonly Page Empty = new("", 0, []);

        public static Page? Read(byte[]? reply)
        {
            if (reply is not { Length: > 0 })
            {
                return null;
            }

            using var json = JsonDocument.Parse(reply);
            if (!json.RootElement.TryGetProperty("data", out var data))
            {
                return null;
            }

            var server = data.GetProperty("server_id").GetString()!;
            var connections = data.GetProperty("connections")
                .EnumerateArray()
                .Select(c => new ListedConnection(
                    new ConnectionId(server, c.GetProperty("cid").GetUInt64()),
                    c.TryGetProperty("authorized_user", out var user) ? user.GetString() : null,
                    c.TryGetProperty("subscriptions", out var count) ? count.GetInt32() : 0
                ));
            return new Page(server, data.GetProperty("total").GetInt32(), [.. connections]);
        }
    }
}
