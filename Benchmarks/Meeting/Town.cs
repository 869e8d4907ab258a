using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Benchmarks.Meeting;

/// <summary>
/// People who are friends in circles that overlap, and some across the town, made without being held: who is friends
/// with whom follows from their numbers, and is the same from both sides. Neighbours stand far apart in the table.
/// </summary>
internal sealed class Town(int people, int friends, int openPercent)
{
    private const long Scatter = 611_953;
    private readonly int[] steps = Steps(people, friends / 2);

    public int People => people;

    public static string IdOf(int number) => $"person-{number}";

    /// <summary>Who has opened themselves.</summary>
    public bool IsOpen(int number) => (uint)(number * 2_654_435_761L) % 100 < openPercent;

    /// <summary>The friends of a person, whose numbers are 1 and more.</summary>
    public int[] FriendsOf(int number)
    {
        var found = new int[2 * steps.Length];
        for (var n = 0; n < steps.Length; n++)
        {
            found[2 * n] = Wrapped(number + steps[n]);
            found[(2 * n) + 1] = Wrapped(number - steps[n]);
        }
        return found;
    }

    /// <summary>Some people to ask for, spread over the town.</summary>
    public IEnumerable<int> Some(int count) =>
        Enumerable.Range(0, count).Select(n => 1 + (int)((n * (long)people / count + 7_919L * n) % people));

    /// <summary>Writes everybody's circle; says how many are there now and then.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, Action<int> progress)
    {
        const string Sql = "copy chat.chat_circles (person, number, open, friends) from stdin (format binary)";
        await using var rows = await connection.BeginBinaryImportAsync(Sql);
        for (var number = 1; number <= people; number++)
        {
            await rows.StartRowAsync();
            await rows.WriteAsync(IdOf(number), NpgsqlDbType.Text);
            await rows.WriteAsync(number, NpgsqlDbType.Integer);
            await rows.WriteAsync(IsOpen(number), NpgsqlDbType.Boolean);
            var signed = Array.ConvertAll(FriendsOf(number), friend => IsOpen(friend) ? friend : -friend);
            await rows.WriteAsync(Packed(signed), NpgsqlDbType.Bytea);
            if (number % 10_000 == 0)
                progress(number);
        }
        await rows.CompleteAsync();
    }

    /// <summary>
    /// Writes how those who will ask stand to their friends, from both sides, and with whom they were in rooms: of
    /// nobody else it is looked at.
    /// </summary>
    public async Task WriteAskersAsync(NpgsqlConnection connection, IReadOnlyCollection<int> askers, long now)
    {
        const string Pairs = """
            copy chat.chat_pairs (person, other, stream_id, bond, blocked, version, at) from stdin (format binary)
            """;
        var bonds = askers.SelectMany(one => FriendsOf(one).SelectMany(other => new[] { (one, other), (other, one) }));
        await using (var rows = await connection.BeginBinaryImportAsync(Pairs))
        {
            foreach (var (one, other) in bonds.Distinct())
            {
                var stream = StreamKey.Of(TenantId.Main, PersonId.Of(IdOf(one)), PersonId.Of(IdOf(other)));
                await rows.StartRowAsync();
                await rows.WriteAsync(IdOf(one), NpgsqlDbType.Text);
                await rows.WriteAsync(IdOf(other), NpgsqlDbType.Text);
                await rows.WriteAsync(stream.ToString(), NpgsqlDbType.Text);
                await rows.WriteAsync((short)3, NpgsqlDbType.Smallint);
                await rows.WriteAsync(false, NpgsqlDbType.Boolean);
                await rows.WriteAsync(1L, NpgsqlDbType.Bigint);
                await rows.WriteAsync(now, NpgsqlDbType.Bigint);
            }
            await rows.CompleteAsync();
        }
        await using var met = await connection.BeginBinaryImportAsync(
            "copy chat.chat_company (person, other, ms, until) from stdin (format binary)"
        );
        foreach (var one in askers)
            for (var n = 1; n <= 100; n++)
            {
                await met.StartRowAsync();
                await met.WriteAsync(IdOf(one), NpgsqlDbType.Text);
                await met.WriteAsync(IdOf(Wrapped(one + (n * 37L))), NpgsqlDbType.Text);
                await met.WriteAsync(n * 60_000L, NpgsqlDbType.Bigint);
                await met.WriteAsync(now - (n * 3_600_000L), NpgsqlDbType.Bigint);
            }
        await met.CompleteAsync();
    }

    private static byte[] Packed(int[] numbers)
    {
        var packed = new byte[numbers.Length * sizeof(int)];
        BinaryPrimitives.ReverseEndianness(numbers, MemoryMarshal.Cast<byte, int>(packed.AsSpan()));
        return packed;
    }

    private int Wrapped(long number) => 1 + (int)((number - 1 + people) % people);

    // Two of three are close to each other's friends, as people who know each other are; the rest are anywhere.
    private static int[] Steps(int people, int count)
    {
        var steps = new SortedSet<int>();
        for (var n = 1L; steps.Count < count; n++)
        {
            var step = (int)((n <= count * 2 / 3 ? n * Scatter : n * n * 15_485_863L) % people);
            if (step != 0 && 2 * step != people && !steps.Contains(people - step))
                steps.Add(step);
        }
        return [.. steps];
    }
}
