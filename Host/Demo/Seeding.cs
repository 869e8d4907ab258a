using Chat.Domain.Conversations;
using Chat.Host.Import;
using NATS.Client.Core;
using Update = Chat.Domain.People.Command.UpdateProfile;

namespace Chat.Host.Demo;

/// <summary>
/// Tells the story to a host as if its people had lived it. Each request has an id that follows from the story, so
/// telling it again, after having been interrupted, goes on where it was.
/// </summary>
internal sealed class Seeding(INatsConnection connection, DateTimeOffset now)
{
    private static readonly DeviceId Device = DeviceId.Of("demo");
    private readonly ImportDoor door = new(connection, Device);

    /// <summary>The conversation of the story whose people are the staff of its house.</summary>
    public static ConversationId Staff { get; } = PlaceOf(Story.Tell().Single(chapter => chapter.Key == "staff"));

    public async Task TellAsync(CancellationToken stop)
    {
        await Task.WhenAll(Cast.People.Select(face => IntroduceAsync(face.Person, face.Name, face.About!, stop)));
        await Task.WhenAll(Story.Tell().Select(chapter => TellAsync(chapter, stop)));
    }

    private Task IntroduceAsync(string person, string name, string about, CancellationToken stop)
    {
        var update = new Update(
            DisplayName.Create(name).Match(made => made, _ => null!),
            About.Create(about).Match(made => made, _ => null!)
        );
        return MustAsync(() => door.ChangeAsync(PersonId.Of(person), update, ClientId.Of("demo"), stop), stop);
    }

    private async Task TellAsync(Chapter chapter, CancellationToken stop)
    {
        var told = chapter.At(now).ToList();
        await MustAsync(
            () => door.ChangeAsync(chapter.Creator, null, chapter.Create, IdOf(chapter), told[0].At, stop),
            stop
        );
        var conversation = PlaceOf(chapter);
        foreach (var (index, (line, at)) in told.Index())
            if (line.Command is { } command)
                await MustAsync(
                    () =>
                        door.ChangeAsync(
                            line.Person,
                            conversation,
                            command,
                            ClientId.Of($"{IdOf(chapter)}-{index}"),
                            at,
                            stop
                        ),
                    stop
                );
            else
                await MustAsync(() => door.ReadAsync(line.Person, conversation, line.Read, stop), stop);
        if (chapter.Key == Told.Chapter)
            await ReportAsync(conversation, told[^1].At, stop);
    }

    // Its own times are those at which it is told: a report is about what was, and waits from now on.
    private async Task ReportAsync(ConversationId place, Instant at, CancellationToken stop)
    {
        var helping = ClientId.Of("demo-helping");
        await MustAsync(() => door.ChangeAsync(Told.Owner, place, Told.Helping, helping, at, stop), stop);
        foreach (var (index, (by, command)) in Told.In(place).Index())
            await MustAsync(() => door.ReportAsync(by, command, ClientId.Of($"demo-report-{index}"), stop), stop);
    }

    private static ClientId IdOf(Chapter chapter) => ClientId.Of($"demo-{chapter.Key}");

    private static ConversationId PlaceOf(Chapter chapter) =>
        Conversation.IdOf(TenantId.Main, chapter.Creator, Device, IdOf(chapter), chapter.Create);

    /// <summary>Asks until there is an answer that stays.</summary>
    public static async Task<T> MustAsync<T>(Func<Task<Either<Refusal, T>>> ask, CancellationToken stop)
    {
        while (true)
        {
            var answer = await ask();
            if (answer.Case is T done)
                return done;
            if (answer.Case is not Refusal { RetryAfterMs: { } after } refusal)
                throw new InvalidOperationException($"the story was refused: {answer}");
            await Task.Delay(TimeSpan.FromMilliseconds(after), stop);
        }
    }
}
