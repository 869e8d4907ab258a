using System.IO.Compression;
using System.Text;
using Chat.Benchmarks.Load;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Protocol;
using Chat.Protocol.Wire;
using LanguageExt;
using Npgsql;

namespace Chat.Benchmarks.Scale;

/// <summary>What messages weigh that people might have written: sent over a host as any are.</summary>
internal static class Weighed
{
    /// <summary>Conversations of somebody who comes back.</summary>
    public const int Acquaintances = 50;

    private const int Conversations = 64;
    private const int Clients = 8;
    private const int InBlock = 1_000;

    private const string Sizes = """
        select pg_total_relation_size('chat.mt_events'), pg_total_relation_size('chat.chat_search'),
            pg_database_size(current_database()), (pg_current_wal_lsn() - '0/0')::bigint
        """;

    public static async Task<List<(string Name, double Bytes)>> MeasureAsync(
        RunningHost host,
        int messages,
        string? file
    )
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(number => ConnectAsync(host, number)));
        var places = await Task.WhenAll(
            Enumerable.Range(0, Conversations).Select(number => MakeAsync(clients[number % Clients], number))
        );
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        var before = await SizesAsync(source);
        var pieces = Pieces(file);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, messages),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (number, _) =>
                Right(
                    await clients[number % Clients]
                        .ChangeAsync(places[number % Conversations], Say(pieces[number % pieces.Count], number))
                )
        );
        while (await Stored.UnindexedAsync(host.ConnectionString) > 0)
            await Task.Delay(100);
        var after = await SizesAsync(source);
        var grown = before.Zip(after, (one, two) => (two - one) / (double)messages).ToArray();
        foreach (var client in clients)
            await client.DisposeAsync();
        return
        [
            ("a message of 100 bytes: its event, with indexes", grown[0]),
            ("what it is searched by", grown[1]),
            ("all of the database that grew", grown[2]),
            ("PostgreSQL's log", grown[3]),
            (
                $"its event, compressed by thousands, of {pieces.Count:N0} different texts",
                await CompressedAsync(source)
            ),
            ("the same to a device, as NATS frames it", Framed(pieces[0])),
        ];
    }

    /// <summary>Some conversations for somebody.</summary>
    public static async Task AcquaintAsync(ChatClient client)
    {
        for (var number = 0; number < Acquaintances; number++)
            await MakeAsync(client, number);
    }

    private static async Task<ChatClient> ConnectAsync(RunningHost host, int number)
    {
        var (person, device) = (PersonId.Of($"writer-{number}"), DeviceId.Of("bench"));
        return await ChatClient.ConnectAsync(
            new ChatOptions
            {
                Url = host.NatsUrl,
                Person = person,
                Device = device,
                Token = _ => ValueTask.FromResult(host.TokenOf(person.Value, device.Value)),
            }
        );
    }

    private static async Task<ConversationId> MakeAsync(ChatClient client, int number)
    {
        var name = ConversationName.Create($"weighed {number}").ToOption().Case as ConversationName;
        var create = new Command.Create(ConversationKind.Group, [PersonId.Of($"other-{number}")], name);
        return Right(await client.ChangeAsync(null, create)).Stream.Conversation;
    }

    // Another number in each, so that no two are the same.
    private static Command.SendMessage Say(string piece, int number) =>
        new(
            Body.Create($"{piece[..^8]}{number:x8}").IfFail(_ => throw new FormatException(piece)),
            null,
            Listing<PersonId>.Empty
        );

    // Of 100 bytes each, blanks at neither end.
    private static List<string> Pieces(string? file)
    {
        var docs = System.IO.Path.Combine(AppContext.BaseDirectory, "../../../../docs");
        var files = file is not null ? [file] : Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories);
        var all = string.Join(' ', files.Order().Select(File.ReadAllText));
        var text = new string([.. all.Select(one => one is > ' ' and <= '~' ? one : ' ')]);
        var words = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [.. words.Chunk(100).Where(piece => piece.Length == 100).Select(piece => $"x{new string(piece[1..])}")];
    }

    private static async Task<long[]> SizesAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(Sizes);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64)];
    }

    // What a cold tier would keep: all that makes an event what it is, in the order of its stream.
    private static async Task<double> CompressedAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            select id, coalesce(bdata, ''), coalesce(data->>'body', '') from chat.mt_events
            where type = 'conversation.message_sent.v1' order by stream_id, version
            """
        );
        await using var reader = await command.ExecuteReaderAsync();
        var (block, held, events, bytes) = (new MemoryStream(), 0, 0L, 0L);
        while (await reader.ReadAsync())
        {
            block.Write(reader.GetGuid(0).ToByteArray());
            block.Write(reader.GetFieldValue<byte[]>(1));
            block.Write(Encoding.UTF8.GetBytes(reader.GetString(2)));
            if (++held < InBlock)
                continue;
            (events, bytes) = (events + held, bytes + Compressed(block.ToArray()));
            (block, held) = (new MemoryStream(), 0);
        }
        return events == 0 ? 0 : (double)bytes / events;
    }

    private static long Compressed(byte[] block)
    {
        using var into = new MemoryStream();
        using (var brotli = new BrotliStream(into, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(block);
        return into.Length;
    }

    private static double Framed(string piece)
    {
        var (person, stamp) = (
            PersonId.Of("somebody-or-other"),
            new Stamp(PersonId.Of("writer-1"), Core.Materials.Now)
        );
        var sent = new Event.MessageSent(
            stamp,
            1_000,
            new Content.Present(Body.Create(piece).IfFail(_ => throw new FormatException(piece))),
            null,
            Listing<PersonId>.Empty
        );
        var payload = Events.Encode(ConversationId.Of(new string('c', 32)), new Seen.Shown(2_000, sent));
        var head = $"MSG {Subjects.Events(person)} 1 {payload.Length}\r\n";
        return head.Length + payload.Length + 2;
    }

    public static T Right<T>(Either<Refusal, T> answer) =>
        answer.Match(
            Right: one => one,
            Left: refusal => throw new InvalidOperationException($"{refusal.Code} {refusal.Because}")
        );
}
