using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Events about roles, settings and who is let in, as a person is sent them, both ways.</summary>
internal static class GoverningEvents
{
    /// <summary>How many fields an event has besides those that all have.</summary>
    public static int FieldsOf(Event happened) =>
        happened switch
        {
            Event.RoleSet set => 3 + Governed.FieldsOf(set.Definition.Grant),
            Event.RolesAssigned assigned => 2 + Governed.FieldsOf(assigned.Grant),
            Event.Kicked kicked => 1 + Writing.Count(kicked.Reason is not null),
            Event.Banned banned => 2 + Writing.Count(banned.Until is not null, banned.Reason is not null),
            Event.TimedOut timed => 1
                + Writing.Count(timed.Until is not null, timed.Reason is not null, timed.Rule is not null),
            Event.Knocked knocked => Writing.Count(knocked.Reason is not null),
            Event.Pinned or Event.Unpinned => 2,
            Event.Called => 3,
            _ => 1,
        };

    /// <summary>Writes those fields.</summary>
    public static void Write(ref MessagePackWriter writer, Event happened)
    {
        switch (happened)
        {
            case Event.SettingsChanged changed:
                writer.Write("settings");
                Governed.Write(ref writer, changed.Settings);
                break;
            case Event.RoleSet set:
                writer.Field("role", set.Role.Value);
                writer.Field("name", set.Definition.Name.Value);
                writer.Field("rank", set.Definition.Rank);
                Governed.Write(ref writer, set.Definition.Grant);
                break;
            case Event.RoleDropped dropped:
                writer.Field("role", dropped.Role.Value);
                break;
            case Event.RolesAssigned assigned:
                writer.Field("person", assigned.Person.Value);
                Governed.Write(ref writer, "roles", assigned.Roles);
                Governed.Write(ref writer, assigned.Grant);
                break;
            case Event.Banned banned:
                About(ref writer, banned.Person, banned.Until, banned.Reason);
                writer.Field("was_in", banned.WasIn);
                break;
            case Event.OwnershipTransferred transferred:
                About(ref writer, transferred.Person, null, null);
                break;
            case Event.Kicked kicked:
                About(ref writer, kicked.Person, null, kicked.Reason);
                break;
            case Event.Unbanned unbanned:
                About(ref writer, unbanned.Person, null, null);
                break;
            case Event.TimedOut timed:
                About(ref writer, timed.Person, timed.Until, timed.Reason);
                if (timed.Rule is { } rule)
                    writer.Field("rule", rule.Value);
                break;
            case Event.Knocked knocked:
                About(ref writer, null, null, knocked.Reason);
                break;
            case Event.Uninvited uninvited:
                About(ref writer, uninvited.Person, null, null);
                break;
            case Event.Called called:
                writer.Field("video", called.IsVideo);
                writer.Field("how", Words.Of(called.How));
                writer.Field("length_ms", called.LengthMs);
                break;
            case Event.Partied partied:
                writer.Write("party");
                Parties.Write(ref writer, partied.Party);
                break;
        }
    }

    private static void About(ref MessagePackWriter writer, PersonId? person, Instant? until, Reason? reason)
    {
        if (person is { } about)
            writer.Field("person", about.Value);
        if (until is { } end)
            writer.Field("until", end);
        if (reason is not null)
            writer.Field("reason", reason.Value);
    }

    /// <summary>Reads an event of a type; null for a type that is not known.</summary>
    public static Event? Read(string? type, Stamp stamp, Fields one) =>
        type switch
        {
            "pinned" => new Event.Pinned(stamp, Decoding.About(one)),
            "unpinned" => new Event.Unpinned(stamp, Decoding.About(one)),
            "settings_changed" => new Event.SettingsChanged(stamp, Governed.SettingsOf(one.Map("settings"))),
            "role_set" => new Event.RoleSet(stamp, RoleOf(one), DefinitionOf(one)),
            "role_dropped" => new Event.RoleDropped(stamp, RoleOf(one)),
            "roles_assigned" => new Event.RolesAssigned(
                stamp,
                one.Person("person"),
                Governed.RolesOf(one, "roles"),
                Governed.GrantOf(one)
            ),
            "ownership_transferred" => new Event.OwnershipTransferred(stamp, one.Person("person")),
            "kicked" => new Event.Kicked(stamp, one.Person("person"), one.ReasonIfAny("reason")),
            "banned" => new Event.Banned(
                stamp,
                one.Person("person"),
                one["until"] as Instant?,
                one.ReasonIfAny("reason"),
                one["was_in"] is true
            ),
            "unbanned" => new Event.Unbanned(stamp, one.Person("person")),
            "timed_out" => new Event.TimedOut(
                stamp,
                one.Person("person"),
                one["until"] as Instant?,
                one.ReasonIfAny("reason")
            )
            {
                Rule = one["rule"] is null ? null : one.Value("rule", WordRuleId.Create),
            },
            "knocked" => new Event.Knocked(stamp, one.ReasonIfAny("reason")),
            "uninvited" => new Event.Uninvited(stamp, one.Person("person")),
            "called" => new Event.Called(
                stamp,
                one["video"] is true,
                Words.EndingOf(one["how"]) ?? throw new FormatException("how"),
                one.Long("length_ms")
            ),
            "partied" => new Event.Partied(stamp, Parties.Of(one.Map("party"))),
            _ => null,
        };

    internal static RoleId RoleOf(Fields one) => one.Value("role", RoleId.Create);

    internal static RoleDefinition DefinitionOf(Fields one) =>
        new(one.Value("name", RoleName.Create), (int)one.Long("rank"), Governed.GrantOf(one));
}
