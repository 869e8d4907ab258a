using Chat.Host.Driving;

namespace Chat.Host.Owning;

/// <summary>
/// What somebody must not see any more, or who must not get in, every host knows before it is acknowledged; who is told
/// what happened is told by this one.
/// </summary>
public sealed class Everywhere(PeoplePublisher here, Peers peers) : IPublisher
{
    /// <inheritdoc/>
    public void Publish(Output.Publish committed)
    {
        here.Publish(committed);
        var (stream, _, _, events) = committed;
        // Who closes out the device in their hand has been answered: the others need not have heard of it.
        if (events.Exists(recorded => recorded.Event is Domain.People.Event.DeviceRevoked))
            _ = peers.TellAsync(stream, events[0].Version, events[^1].Version);
    }

    /// <inheritdoc/>
    public Task? Withdraw(StreamKey stream, Seq<Recorded> events)
    {
        var ended = here.Withdraw(stream, events);
        // Also who is not kept apart any more, each host knows by itself.
        return ended is null && stream.Kind is not StreamKind.Pair
            ? null
            : Task.WhenAll(ended ?? Task.CompletedTask, peers.TellAsync(stream, events[0].Version, events[^1].Version));
    }

    /// <inheritdoc/>
    public void PublishMarks(AnyStream stream, MarkSet marks) => here.PublishMarks(stream, marks);
}
