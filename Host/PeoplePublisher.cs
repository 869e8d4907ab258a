using Chat.Domain.People;
using Chat.Host.Driving;
using Chat.Host.Nats;
using Chat.Host.Store;
using Chat.Protocol.Wire;

namespace Chat.Host;

/// <summary>
/// What follows on a person's own events; everything else is the fan-out's. Who shares a conversation with somebody is
/// told their new profile, if they are here; who is not asks when they come.
/// </summary>
public sealed class PeoplePublisher(
    Fanout fanout,
    Devices devices,
    Database database,
    Sessions sessions,
    ILogger<PeoplePublisher> log
) : IPublisher
{
    /// <inheritdoc/>
    public void Publish(StreamKey stream, AnyStream after, Seq<Recorded> events)
    {
        if (after.State is not State state)
        {
            fanout.Publish(stream, after, events);
            return;
        }
        var person = PersonId.Of(stream.Id);
        foreach (var recorded in events)
            if (recorded.Event is Event.DeviceRevoked revoked)
                devices.Revoke(person, revoked.Device, revoked.At);
        if (events.Exists(recorded => recorded.Event is Event.ProfileChanged))
            _ = TellAsync(new PersonEntry(person, state.Profile));
    }

    /// <inheritdoc/>
    public void PublishMarks(AnyStream stream, MarkSet marks) => fanout.PublishMarks(stream, marks);

    private async Task TellAsync(PersonEntry changed)
    {
        try
        {
            fanout.PublishProfile(changed, await PeopleReads.WhoKnowAsync(database, changed.Person, sessions.People));
        }
        catch (Exception fault)
        {
            log.LogWarning("A new profile was not told: {Fault}", fault.Message);
        }
    }
}
