using Chat.Domain.Committing;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>
/// The append: one round trip and one implicit transaction for a whole batch. What does not fit fails that transaction;
/// then one query tells what, it is set aside, and the rest is appended. Right with two writers: the rows' locks and
/// versions decide, the lease only makes it fast. May be called from several lanes at once.
/// </summary>
public sealed class Append(Database database)
{
    // Each further try means that somebody else got in between: it ends, and if it does not, nothing was committed.
    private const int MaxTries = 8;

    // A commit costs about as much with one event as with ten. Small batches go one after the other, whichever lanes
    // they are of, and while one waits more arrives for the next; not for long, for lanes must not hold each other up.
    private const int Small = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>
    /// Appends a batch and says what became of it. Never throws for what the database or the network does, and cannot
    /// be cancelled: a cancelled COMMIT may have taken place.
    /// </summary>
    public async Task<Outcome> AppendAsync(Batch batch)
    {
        var isTurn = batch.Additions.Count <= Small && await turn.WaitAsync(Patience);
        try
        {
            return await AppendNowAsync(batch);
        }
        finally
        {
            if (isTurn)
                turn.Release();
        }
    }

    private async Task<Outcome> AppendNowAsync(Batch batch)
    {
        var known = Known.Nothing;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var sifted = Sieve.Sift(batch.Additions, known);
            var (fate, marks) = await TryAsync(batch, sifted);
            switch (fate)
            {
                case Fate.Committed:
                    return new Outcome.Committed(sifted.Aside, marks);
                case Fate.Fenced:
                    return new Outcome.Fenced();
                case Fate.Unknown:
                    return new Outcome.Unknown();
                case Fate.RolledBack:
                    return NotCommitted(batch);
                case Fate.Conflict:
                    if (await DiagnoseAsync(batch) is not { } found)
                        return NotCommitted(batch);
                    known = found;
                    break;
                case Fate.Again:
                    break;
            }
        }
        return NotCommitted(batch);
    }

    // That this attempt did not commit says nothing of an earlier one whose outcome is unknown.
    private static Outcome NotCommitted(Batch batch) =>
        batch.Attempt == 0 ? new Outcome.Failed() : new Outcome.Unknown();

    private async Task<(Fate Fate, Seq<MarkSet> Marks)> TryAsync(Batch batch, Sifted sifted)
    {
        if (sifted.Kept.Count == 0 && batch.Marks.IsEmpty)
            return (await SetAsideAsync(sifted), Empty);
        var rows = Rows.Of(sifted.Kept);
        var guards = Foreign(sifted.Kept, rows);
        NpgsqlConnection connection;
        try
        {
            connection = await database.Appends.OpenConnectionAsync();
        }
        catch (Exception)
        {
            // Nothing was sent.
            return (Fate.RolledBack, Empty);
        }
        await using (connection)
            return await SendAsync(connection, batch, sifted.Kept, rows, guards);
    }

    // Who hears that it was there already is told that it is safe.
    private async Task<Fate> SetAsideAsync(Sifted sifted)
    {
        if (sifted.Aside.ForAll(aside => aside.Twins.IsEmpty))
            return Fate.Committed;
        try
        {
            await Barrier.PassAsync(database);
            return Fate.Committed;
        }
        catch (Exception)
        {
            return Fate.Unknown;
        }
    }

    // The guard of a stream that this batch itself moves is held by that stream's own expected version.
    private static Seq<Guard> Foreign(IReadOnlyList<Addition> kept, Rows rows)
    {
        var moved = rows.Streams.Select(row => row.Stream).ToHashSet();
        var guards = kept.SelectMany(addition => addition.Guards).Distinct();
        return toSeq(guards.Where(guard => !moved.Contains(guard.Stream))).Strict();
    }

    private async Task<(Fate Fate, Seq<MarkSet> Marks)> SendAsync(
        NpgsqlConnection connection,
        Batch batch,
        IReadOnlyList<Addition> kept,
        Rows rows,
        Seq<Guard> guards
    )
    {
        var doubt = Doubt.About(connection);
        try
        {
            await using var statements = new NpgsqlBatch(connection) { Timeout = 0 };
            Statements.Fill(statements, database.Host, batch.Epoch, rows, guards, batch.Marks);
            DueRows.AddTo(statements, kept);
            await using var reader = await statements.ExecuteReaderAsync();
            var marks = await ReadMarksAsync(reader, batch);
            return (doubt.IsThere ? Fate.Unknown : Fate.Committed, marks);
        }
        catch (Exception failure)
        {
            return (Fates.Of(failure), Empty);
        }
    }

    // To the very end: what fails at COMMIT comes after the last statement's rows.
    private static async Task<Seq<MarkSet>> ReadMarksAsync(NpgsqlDataReader reader, Batch batch)
    {
        var found = new Dictionary<(string Stream, string Person), Marks>();
        do
        {
            while (await reader.ReadAsync())
                if (reader.FieldCount == 4)
                    found[(reader.GetString(1), reader.GetString(0))] = new Marks(
                        reader.GetInt64(2),
                        reader.GetInt64(3)
                    );
        } while (await reader.NextResultAsync());
        return batch.Marks.Map(set => set with { Marks = found[(set.Stream.ToString(), set.Person.Value)] }).Strict();
    }

    /// <summary>What the store holds of all that a batch names; nothing if it cannot be asked.</summary>
    private async Task<Known?> DiagnoseAsync(Batch batch)
    {
        var events = batch.Additions.SelectMany(addition => addition.Events.Concat(addition.Further)).ToList();
        var streams = events
            .Select(recorded => recorded.Stream)
            .Concat(batch.Additions.SelectMany(addition => addition.Guards.Map(guard => guard.Stream)))
            .Distinct()
            .ToList();
        try
        {
            return await Diagnosis.AskAsync(database.Appends, streams, events.ConvertAll(recorded => recorded.Id));
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
