using Chat.Domain.Conversations;
using Chat.Domain.Forms;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>The fields of events about roles, settings and who is let in.</summary>
internal static class GoverningEvents
{
    /// <summary>The number of the first of them.</summary>
    public const short First = 15;

    /// <summary>The number of a timeout, which has one field more since rules about words make some.</summary>
    public const short TimedOut = 25;

    private static readonly Form<Domain.Rooms.Party> Parties = Form.Of<Domain.Rooms.Party>();

    public static void Write(ref MessagePackWriter writer, Event happened)
    {
        writer.WriteArrayHeader(
            FieldsOf(EventTypes.Of(happened).Number) + (happened is Event.TimedOut { Rule: not null } ? 1 : 0)
        );
        switch (happened)
        {
            case Event.Pinned or Event.Unpinned:
                writer.Write(happened.About!.Value);
                break;
            case Event.SettingsChanged changed:
                Governed.Write(ref writer, changed.Settings);
                break;
            case Event.RoleSet set:
                writer.Write(set.Role.Value);
                Governed.Write(ref writer, set.Definition);
                break;
            case Event.RoleDropped dropped:
                writer.Write(dropped.Role.Value);
                break;
            case Event.RolesAssigned assigned:
                writer.Write(assigned.Person.Value);
                Governed.Write(ref writer, assigned.Roles);
                Governed.Write(ref writer, assigned.Grant);
                break;
            case Event.Banned banned:
                About(ref writer, banned.Person, banned.Until, banned.Reason);
                writer.Write(banned.WasIn);
                break;
            case Event.TimedOut timed:
                About(ref writer, timed.Person, timed.Until, timed.Reason);
                if (timed.Rule is { } rule)
                    writer.Write(rule.Value);
                break;
            case Event.WordsSet set:
                Governed.Write(ref writer, set.Rules);
                break;
            case Event.Kicked kicked:
                writer.Write(kicked.Person.Value);
                writer.Write(kicked.Reason?.Value);
                break;
            case Event.Knocked knocked:
                writer.Write(knocked.Reason?.Value);
                break;
            case Event.OwnershipTransferred transferred:
                writer.Write(transferred.Person.Value);
                break;
            case Event.Unbanned unbanned:
                writer.Write(unbanned.Person.Value);
                break;
            case Event.Uninvited uninvited:
                writer.Write(uninvited.Person.Value);
                break;
            case Event.LinkMade made:
                writer.Write(made.Link.Value);
                Governed.Write(ref writer, made.Until);
                Governed.Write(ref writer, made.MaxUses);
                writer.Write(made.People);
                break;
            case Event.LinkDropped dropped:
                writer.Write(dropped.Link.Value);
                break;
            case Event.Called called:
                Write(ref writer, called);
                break;
            case Event.Partied partied:
                writer.Write(Parties.Write(partied.Party));
                break;
        }
    }

    private static void Write(ref MessagePackWriter writer, Event.Called called)
    {
        writer.Write(called.IsVideo);
        writer.Write((int)called.How);
        writer.Write(called.LengthMs);
    }

    private static void About(ref MessagePackWriter writer, PersonId person, Instant? until, Reason? reason)
    {
        writer.Write(person.Value);
        Governed.Write(ref writer, until);
        writer.Write(reason?.Value);
    }

    public static Event Read(ref MessagePackReader reader, short type, Stamp stamp, bool isGrown) =>
        type switch
        {
            15 => new Event.Pinned(stamp, reader.Message()),
            16 => new Event.Unpinned(stamp, reader.Message()),
            17 => new Event.SettingsChanged(stamp, Governed.Settings(ref reader)),
            18 => new Event.RoleSet(stamp, reader.Value(RoleId.Create), Governed.Definition(ref reader)),
            19 => new Event.RoleDropped(stamp, reader.Value(RoleId.Create)),
            20 => new Event.RolesAssigned(
                stamp,
                reader.Person(),
                Governed.Roles(ref reader),
                Governed.Grant(ref reader)
            ),
            21 => new Event.OwnershipTransferred(stamp, reader.Person()),
            22 => new Event.Kicked(stamp, reader.Person(), reader.ReasonIfAny()),
            23 => new Event.Banned(
                stamp,
                reader.Person(),
                Governed.Until(ref reader),
                reader.ReasonIfAny(),
                reader.ReadBoolean()
            ),
            24 => new Event.Unbanned(stamp, reader.Person()),
            TimedOut => new Event.TimedOut(stamp, reader.Person(), Governed.Until(ref reader), reader.ReasonIfAny())
            {
                Rule = isGrown ? reader.Value(WordRuleId.Create) : null,
            },
            26 => new Event.Knocked(stamp, reader.ReasonIfAny()),
            27 => new Event.Uninvited(stamp, reader.Person()),
            28 => new Event.Closed(stamp),
            29 => new Event.Reopened(stamp),
            39 => new Event.LinkMade(
                stamp,
                reader.Value(LinkId.Create),
                Governed.Until(ref reader),
                Governed.Uses(ref reader),
                reader.People()
            ),
            40 => new Event.LinkDropped(stamp, reader.Value(LinkId.Create)),
            44 => new Event.WordsSet(stamp, Governed.WordRules(ref reader)),
            74 => new Event.Called(stamp, reader.ReadBoolean(), Ending(ref reader), reader.ReadInt64()),
            79 => new Event.Partied(
                stamp,
                Parties.Read(reader.Datum()).IfNone(() => throw new UnreadableException("stored.party"))
            ),
            _ => throw new UnreadableException("event.unknown_number"),
        };

    private static Domain.Calls.Ending Ending(ref MessagePackReader reader)
    {
        var how = (Domain.Calls.Ending)reader.ReadInt32();
        Reading.Must(Enum.IsDefined(how), "stored.ending");
        return how;
    }

    public static int FieldsOf(short type) =>
        type switch
        {
            28 or 29 => 0,
            18 or 22 => 2,
            20 or TimedOut or 74 => 3,
            23 or 39 => 4,
            _ => 1,
        };
}
