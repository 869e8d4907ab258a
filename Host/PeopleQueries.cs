using Chat.Host.Nats;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;

namespace Chat.Host;

/// <summary>
/// Answers about people and devices. Of somebody with whom one shares no conversation nothing is said, not even that
/// they exist.
/// </summary>
internal sealed class PeopleQueries(TenantId tenant, Sessions sessions)
{
    public async Task<Either<Refusal, byte[]>> AnswerAsync(NpgsqlConnection connection, PersonId person, Ask ask) =>
        ask switch
        {
            Ask.Profiles { People: var people } => PeopleAnswers.Ok(
                await PeopleReads.ProfilesAsync(connection, tenant, person, people.Distinct())
            ),
            Ask.Find find => PeopleAnswers.Ok(
                await DiscretionRows.FindAsync(connection, tenant, person, find.Called, find.Limit)
            ),
            Ask.Devices => PeopleAnswers.Ok(await DevicesAsync(connection, person)),
            Ask.Self => await SelfAsync(connection, person),
            _ => new Refusal.Unsupported("verb.unknown"),
        };

    private async Task<byte[]> SelfAsync(NpgsqlConnection connection, PersonId person)
    {
        var (current, _) = await StreamReads.LoadAsync(connection, StreamKey.Of(tenant, person));
        var state = (Domain.People.State)current.State;
        return PeopleAnswers.Ok(new SelfEntry(state.Profile, state.Privacy));
    }

    private async Task<Listing<DeviceEntry>> DevicesAsync(NpgsqlConnection connection, PersonId person) =>
        Listing.From(
            (await PeopleReads.DevicesAsync(connection, person)).Select(one => new DeviceEntry(
                one.Device,
                one.Seen,
                sessions.DevicesOf(person.Value).Contains(one.Device.Value),
                one.Revoked
            ))
        );
}
