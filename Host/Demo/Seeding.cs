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
        var made = await MustAsync(
            () =>
                door.ChangeAsync(
                    chapter.Creator,
                    null,
                    chapter.Create,
                    ClientId.Of($"demo-{chapter.Key}"),
                    told[0].At,
                    stop
                ),
            stop
        );
        var conversation = made.Stream.Conversation;
        foreach (var (index, (line, at)) in told.Index())
            if (line.Command is { } command)
                await MustAsync(
                    () =>
                        door.ChangeAsync(
                            line.Person,
                            conversation,
                            command,
                            ClientId.Of($"demo-{chapter.Key}-{index}"),
                            at,
                            stop
                        ),
                    stop
                );
            else
                await MustAsync(() => door.ReadAsync(line.Person, conversation, line.Read, stop), stop);
    }

    private static async Task<T> MustAsync<T>(Func<Task<Either<Refusal, T>>> ask, CancellationToken stop)
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
