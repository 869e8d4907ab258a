using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Values;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>A few people in a few conversations who do whatever comes to their minds, from one seed.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly Random random;
    private readonly Guest away;
    private readonly Guest[] people;
    private readonly ConversationId[] places;
    private readonly ConversationId open;

    private Town(Random random, Guest away, Guest[] people, ConversationId[] places, ConversationId open) =>
        (this.random, this.away, this.people, this.places, this.open) = (random, away, people, places, open);

    /// <summary>How much has been done.</summary>
    public int Done { get; private set; }

    public static async Task<Town> BuildAsync(Door door, Guest away, int seed)
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => door.GuestAsync("town")));
        var others = people.Skip(1).Select(one => one.Person).Append(away.Person).ToArray();
        ConversationId[] places =
        [
            await people[0].CreateAsync(ConversationKind.Group, "one", others),
            await people[0].CreateAsync(ConversationKind.Group, "two", others),
            await people[0].CreateAsync(ConversationKind.Direct, null, away.Person),
        ];
        var open = await people[0].CreateAsync(ConversationKind.Channel, "open", others);
        return new Town(new Random(seed), away, people, [.. places, open], open);
    }

    /// <summary>Some more of it. Not all is accepted; whatever is must be in what the others hold.</summary>
    public async Task GoOnAsync(int things)
    {
        for (var n = 0; n < things; n++, Done++)
        {
            var where = places[random.Next(places.Length)];
            var by = random.Next(5) == 0 ? away : people[random.Next(people.Length)];
            if (random.Next(8) == 0)
                await by.Client.ReadAsync(where, random.Next(1, 40));
            else
                await by.Client.ChangeAsync(where, Whim(where));
        }
    }

    private Command Whim(ConversationId where)
    {
        var seq = random.Next(1, 40);
        return random.Next(26) switch
        {
            0 => new Command.EditMessage(seq, Texts.Body($"edited {random.Next()}"), Mentions()),
            1 => new Command.RedactMessage(seq, null),
            2 or 3 => new Command.React(seq, Texts.Emoji($"{random.Next(3)}")),
            4 => new Command.Unreact(seq, Texts.Emoji($"{random.Next(3)}")),
            5 => new Command.Rename(Texts.Name($"name {random.Next(9)}")),
            6 => new Command.SetTopic(Texts.Topic($"topic {random.Next(9)}")),
            7 => new Command.SetNickname(Texts.Nickname($"nick {random.Next(9)}")),
            8 => new Command.Invite([away.Person, Door.NewPerson("guest")]),
            9 or 10 => new Command.Join(),
            11 when where == open || random.Next(3) == 0 => new Command.Leave(),
            20 => random.Next(2) == 0 ? new Command.Pin(seq) : new Command.Unpin(seq),
            21 => new Command.SetRole(Role, Texts.RoleName($"role {random.Next(9)}"), random.Next(1, 4), Some()),
            22 => random.Next(3) == 0
                ? new Command.DropRole(Role)
                : new Command.AssignRoles(Anybody(), random.Next(2) == 0 ? [Role] : [], Some()),
            23 => new Command.ChangeSettings(
                new SettingsChange(History: (HistoryRule)random.Next(1, 5), HistoryLast: random.Next(4))
            ),
            24 => new Command.Timeout(Anybody(), random.Next(2), null),
            25 when where == open => new Command.Kick(Anybody(), null),
            12 => new Command.SendMessage(Texts.Body($"answering {random.Next()}"), seq, Mentions()),
            _ => new Command.SendMessage(Texts.Body($"said {random.Next()}"), null, Mentions()),
        };
    }

    private static readonly RoleId Role = RoleId.Of("helpers");

    // Nothing that would silence the town.
    private Grant Some() =>
        new(
            random.Next(2) == 0 ? Powers.Of(Permission.Kick, Permission.Pin) : Powers.None,
            random.Next(2) == 0 ? Powers.Of(Permission.React) : Powers.None
        );

    private PersonId Anybody() => random.Next(3) == 0 ? away.Person : people[random.Next(people.Length)].Person;

    private Listing<PersonId> Mentions() => random.Next(3) == 0 ? [away.Person] : [];

    public async ValueTask DisposeAsync()
    {
        foreach (var one in people)
            await one.DisposeAsync();
    }
}
