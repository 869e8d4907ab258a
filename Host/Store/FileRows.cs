using Chat.Domain.Conversations;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>A file as its upload left it.</summary>
internal sealed record FileRow(
    StreamKey Stream,
    PersonId Person,
    DeviceId Device,
    ClientId Client,
    Attachment Attachment,
    byte[] Digest
);

/// <summary>
/// Files: what was uploaded, which messages carry it, and the bytes where the database keeps them. A file that no
/// message carries any more, or none within a day, is swept away.
/// </summary>
internal static class FileRows
{
    public const string Tables = """
        create table if not exists chat.chat_files (
            file text primary key,
            stream_id text not null,
            person text not null,
            device text not null,
            client text not null,
            name text not null,
            type text not null,
            bytes bigint not null,
            width int,
            height int,
            at bigint not null,
            digest bytea not null,
            attached boolean not null default false,
            gone boolean not null default false,
            unique (person, device, client)
        );
        create index if not exists chat_files_waiting on chat.chat_files (person) where not attached;
        create index if not exists chat_files_gone on chat.chat_files (at) where gone or not attached;
        create table if not exists chat.chat_attached (
            stream_id text not null,
            seq bigint not null,
            file text not null,
            primary key (stream_id, seq, file)
        );
        create index if not exists chat_attached_file on chat.chat_attached (file);
        create table if not exists chat.chat_blobs (
            key text primary key,
            bytes bytea not null
        );
        alter table chat.chat_blobs alter column bytes set storage external;
        create or replace function chat.chat_attach(p_streams text[], p_seqs bigint[], p_files text[]) returns void
        language sql as $$
            insert into chat.chat_attached (stream_id, seq, file) select * from unnest(p_streams, p_seqs, p_files)
            on conflict do nothing;
            update chat.chat_files set attached = true where file = any(p_files) and not attached;
        $$;
        create or replace function chat.chat_detach(p_streams text[], p_seqs bigint[]) returns void
        language plpgsql as $$
        declare
            files text[];
        begin
            with away as (
                delete from chat.chat_attached a using unnest(p_streams, p_seqs) as u(stream_id, seq)
                where a.stream_id = u.stream_id and a.seq = u.seq returning a.file
            ) select array_agg(distinct file) into files from away;
            if files is not null then
                update chat.chat_files f set gone = true, name = ''
                where f.file = any(files)
                    and not exists (select from chat.chat_attached a where a.file = f.file);
            end if;
        end $$;
        """;

    private const string Columns =
        "stream_id, person, device, client, file, name, type, bytes, at, width, height, digest";

    /// <summary>What an append does to the files of its messages: those it takes back count no more.</summary>
    public static void AddTo(NpgsqlBatch batch, Rows rows)
    {
        var carried = rows
            .Events.Where(row => row.Body is not null)
            .SelectMany(row =>
                row.Recorded.Event is Event.MessageSent { Content: Content.Present said } sent
                    ? said.Files.Select(file => (row.Recorded.Stream, sent.Seq, file.File))
                    : []
            )
            .ToList();
        if (carried.Count > 0)
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand("select chat.chat_attach($1, $2, $3)")
                    .WithEach(carried.Select(one => one.Stream.ToString()))
                    .WithEach(carried.Select(one => one.Seq))
                    .WithEach(carried.Select(one => one.File.Value))
            );
        if (rows.Veils is { Count: > 0 } veils)
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand("select chat.chat_detach($1, $2)")
                    .WithEach(veils.Select(veil => veil.Stream.ToString()))
                    .WithEach(veils.Select(veil => veil.Message.Seq))
            );
    }

    /// <summary>The file that a request uploaded before.</summary>
    public static async Task<FileRow?> FindAsync(Database database, PersonId person, DeviceId device, ClientId client)
    {
        await using var command = database
            .Reads.CreateCommand(
                $"select {Columns} from chat.chat_files where person = $1 and device = $2 and client = $3"
            )
            .With(person.Value)
            .With(device.Value)
            .With(client.Value);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Read(reader) : null;
    }

    private static FileRow Read(NpgsqlDataReader reader) =>
        new(
            StreamKey.Parse(reader.GetString(0)).IfNone(() => throw new CorruptRowException("a file", "its stream")),
            PersonId.Of(reader.GetString(1)),
            DeviceId.Of(reader.GetString(2)),
            ClientId.Of(reader.GetString(3)),
            new Attachment(
                FileId.Of(reader.GetString(4)),
                Valid(FileName.Create(reader.GetString(5) is { Length: > 0 } name ? name : "-")),
                Valid(MediaType.Create(reader.GetString(6))),
                reader.GetInt64(7),
                new Instant(reader.GetInt64(8)),
                reader.IsDBNull(9) ? null : reader.GetInt32(9),
                reader.IsDBNull(10) ? null : reader.GetInt32(10)
            ),
            reader.GetFieldValue<byte[]>(11)
        );

    private static T Valid<T>(Validation<Fault, T> value) =>
        value.Match(one => one, faults => throw new CorruptRowException("a file", faults.Head.Rule));

    /// <summary>Notes a file; false if the same request, or another in the same millisecond, was first.</summary>
    public static async Task<bool> AddAsync(Database database, FileRow row)
    {
        var (file, attachment) = (row.Attachment.File, row.Attachment);
        await using var command = database
            .Reads.CreateCommand(
                $"""
                insert into chat.chat_files ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                on conflict do nothing
                """
            )
            .With(row.Stream.ToString())
            .With(row.Person.Value)
            .With(row.Device.Value)
            .With(row.Client.Value)
            .With(file.Value)
            .With(attachment.Name.Value)
            .With(attachment.Type.Value)
            .With(attachment.Bytes)
            .With(attachment.At.Milliseconds)
            .With(attachment.Width, NpgsqlDbType.Integer)
            .With(attachment.Height, NpgsqlDbType.Integer)
            .With(row.Digest, NpgsqlDbType.Bytea);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    /// <summary>How many bytes of somebody's wait for their messages.</summary>
    public static async Task<long> WaitingAsync(Database database, PersonId person)
    {
        const string Sql = """
            select coalesce(sum(bytes), 0)::bigint from chat.chat_files where person = $1 and not attached and not gone
            """;
        await using var command = database.Reads.CreateCommand(Sql).With(person.Value);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    /// <summary>Files that nothing needs: no message any more, or none since a time.</summary>
    public static async Task<List<FileId>> IdleAsync(Database database, Instant since, int most)
    {
        await using var command = database
            .Reads.CreateCommand("select file from chat.chat_files where gone or (not attached and at < $1) limit $2")
            .With(since.Milliseconds)
            .With(most, NpgsqlDbType.Integer);
        var files = new List<FileId>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            files.Add(FileId.Of(reader.GetString(0)));
        return files;
    }

    /// <summary>Forgets a file whose bytes are gone.</summary>
    public static async Task ForgetAsync(Database database, FileId file)
    {
        await using var command = database
            .Reads.CreateCommand("delete from chat.chat_files where file = $1 and (gone or not attached)")
            .With(file.Value);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task PutAsync(Database database, string key, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await using var command = database
            .Reads.CreateCommand(
                """
                insert into chat.chat_blobs (key, bytes) values ($1, $2)
                on conflict (key) do update set bytes = excluded.bytes
                """
            )
            .With(key)
            .With(bytes, NpgsqlDbType.Bytea);
        await command.ExecuteNonQueryAsync(stop);
    }

    public static async Task<byte[]?> GetAsync(Database database, string key, CancellationToken stop)
    {
        await using var command = database
            .Reads.CreateCommand("select bytes from chat.chat_blobs where key = $1")
            .With(key);
        return await command.ExecuteScalarAsync(stop) as byte[];
    }

    public static async Task DeleteAsync(Database database, string key, CancellationToken stop)
    {
        await using var command = database.Reads.CreateCommand("delete from chat.chat_blobs where key = $1").With(key);
        await command.ExecuteNonQueryAsync(stop);
    }
}
