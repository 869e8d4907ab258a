using Chat.Host.Store;
using Npgsql;

namespace Chat.Host;

/// <summary>
/// What somebody who is not in is told: of what they could come into that they are not in, of anything else nothing.
/// </summary>
internal static class Outside
{
    public static async Task<Refusal> OutsideAsync(NpgsqlConnection connection, PersonId person, StreamKey stream) =>
        await PersonReads.IsKnownAsync(connection, person, stream)
            ? new Refusal.NotAMember("member.required")
            : new Refusal.NotFound("conversation.unknown");
}
