using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>What an append writes of who is friends with whom, and of who has opened themselves.</summary>
internal sealed class CircleRows
{
    // The last of each says all.
    private readonly Dictionary<(PersonId One, PersonId Other), bool> friends = [];
    private readonly Dictionary<PersonId, bool> open = [];

    /// <summary>Takes what happened, where it is of that.</summary>
    public void Take(Recorded recorded)
    {
        switch (recorded.Event)
        {
            case Domain.Pairs.Event.Befriended bound:
                friends[Pair(bound)] = true;
                break;
            case Domain.Pairs.Event.Removed or Domain.Pairs.Event.Blocked:
                friends[Pair((Domain.Pairs.Event)recorded.Event)] = false;
                break;
            case Domain.People.Event.PrivacyChanged changed:
                open[changed.By] = changed.Privacy.MayMeet;
                break;
        }
    }

    /// <summary>Writes it.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        if (friends.Count > 0 || open.Count > 0)
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand("select chat.chat_circle($1, $2, $3, $4, $5)")
                    .WithEach(friends.Keys.Select(pair => pair.One.Value))
                    .WithEach(friends.Keys.Select(pair => pair.Other.Value))
                    .WithEach(friends.Values, NpgsqlDbType.Boolean)
                    .WithEach(open.Keys.Select(person => person.Value))
                    .WithEach(open.Values, NpgsqlDbType.Boolean)
            );
    }

    private static (PersonId One, PersonId Other) Pair(Domain.Pairs.Event happened) =>
        happened.By.CompareTo(happened.Other) < 0 ? (happened.By, happened.Other) : (happened.Other, happened.By);
}
