using System.Collections.Concurrent;
using System.Security.Cryptography;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// A key for each person, under which the digests of their requests are taken: random, made once, destroyed by erasing
/// them.
/// </summary>
public sealed class PersonKeys(Database database)
{
    // Beyond this many the cache begins anew: a look-up then costs one query.
    private const int MostHeld = 200_000;
    private readonly ConcurrentDictionary<PersonId, byte[]> held = new();

    /// <summary>A person's key; at once where it is held.</summary>
    public ValueTask<byte[]> OfAsync(PersonId person) =>
        held.TryGetValue(person, out var key) ? new(key) : new(FetchAsync(person));

    /// <summary>
    /// Destroys a person's key: from here on it is empty, no digest can be told from another, and a request's id alone
    /// answers. Other hosts hold the old one until they forget it or restart.
    /// </summary>
    public async Task DestroyAsync(PersonId person)
    {
        await using var command = database.Reads.CreateCommand(
            "insert into chat.chat_person_keys values ($1, '') on conflict (person) do update set key = ''"
        );
        await command.With(person.Value).ExecuteNonQueryAsync();
        held[person] = [];
    }

    private async Task<byte[]> FetchAsync(PersonId person)
    {
        await using var command = database
            .Reads.CreateCommand(
                """
                with made as (
                    insert into chat.chat_person_keys (person, key) values ($1, $2)
                    on conflict (person) do nothing returning key)
                select key from made union all select key from chat.chat_person_keys where person = $1 limit 1
                """
            )
            .With(person.Value)
            .With(RandomNumberGenerator.GetBytes(32), NpgsqlDbType.Bytea);
        // Two hosts at once: the one that made none sees the other's only in a later statement.
        var key = await command.ExecuteScalarAsync() as byte[] ?? (byte[])(await command.ExecuteScalarAsync())!;
        if (held.Count >= MostHeld)
            held.Clear();
        return held.GetOrAdd(person, key);
    }
}
