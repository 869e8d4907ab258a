using Chat.Domain.Desks;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>The fields of a desk's events.</summary>
internal static class DeskEvents
{
    private const int MostRules = 16;

    public static void Write(ref MessagePackWriter writer, Event happened)
    {
        switch (happened)
        {
            case Event.Filed filed:
                writer.WriteArrayHeader(filed.Rule is null ? 4 : 5);
                Write(ref writer, filed.Subject);
                writer.Write(filed.About?.Value);
                writer.Write((int)filed.Why);
                writer.Write(filed.Words?.Value);
                if (filed.Rule is { } rule)
                    writer.Write(rule.Value);
                break;
            case Event.Assigned assigned:
                writer.WriteArrayHeader(IsKnown(assigned.Because) ? 2 : 3);
                writer.Write(assigned.Report);
                writer.Write(assigned.To?.Value);
                if (!IsKnown(assigned.Because))
                    Write(ref writer, assigned.Because);
                break;
            case Event.Looked looked:
                writer.WriteArrayHeader(3);
                writer.Write(looked.Report);
                writer.Write(looked.Why.Value);
                Write(ref writer, looked.Because);
                break;
            case Event.Settled settled:
                writer.WriteArrayHeader(IsKnown(settled.Because) ? 3 : 4);
                writer.Write(settled.Report);
                writer.Write((int)settled.Outcome);
                writer.Write(settled.Note?.Value);
                if (!IsKnown(settled.Because))
                    Write(ref writer, settled.Because);
                break;
            default:
                throw new ArgumentException($"{happened.GetType()} has no stored form", nameof(happened));
        }
    }

    public static Event Read(ref MessagePackReader reader, Type type, Stamp stamp)
    {
        if (type == typeof(Event.Assigned))
        {
            var isWhole = IsLonger(ref reader, 2);
            var assigned = new Event.Assigned(stamp, reader.Count64(), Somebody(ref reader));
            return isWhole ? assigned with { Because = Rules(ref reader) } : assigned;
        }
        if (type == typeof(Event.Looked))
        {
            reader.Fixed(3);
            return new Event.Looked(stamp, reader.Count64(), reader.Value(Reason.Create))
            {
                Because = Rules(ref reader),
            };
        }
        if (type == typeof(Event.Settled))
        {
            var isWhole = IsLonger(ref reader, 3);
            var settled = new Event.Settled(stamp, reader.Count64(), Known<Outcome>(ref reader), reader.ReasonIfAny());
            return isWhole ? settled with { Because = Rules(ref reader) } : settled;
        }
        var fields = reader.ReadArrayHeader();
        Reading.Must(fields is 4 or 5, "stored.field_count");
        var filed = new Event.Filed(
            stamp,
            Subject(ref reader),
            Somebody(ref reader),
            Known<Cause>(ref reader),
            reader.ReasonIfAny()
        );
        // The first of them announced five fields and had four.
        return fields == 4 || reader.End ? filed : filed with { Rule = reader.Value(WordRuleId.Create) };
    }

    // The first of them were without the rules that they rest on.
    private static bool IsLonger(ref MessagePackReader reader, int count)
    {
        var fields = reader.ReadArrayHeader();
        Reading.Must(fields == count || fields == count + 1, "stored.field_count");
        return fields > count;
    }

    private static bool IsKnown(Listing<string> rules) => rules.Equals(Event.Allowed);

    private static void Write(ref MessagePackWriter writer, Listing<string> rules)
    {
        writer.WriteArrayHeader(rules.Count);
        foreach (var rule in rules)
            writer.Write(rule);
    }

    private static Listing<string> Rules(ref MessagePackReader reader)
    {
        var rules = new string[reader.Count(MostRules)];
        for (var i = 0; i < rules.Length; i++)
            rules[i] = reader.Text();
        return Listing.Of<string>(rules);
    }

    // Which case it is, and what names it.
    internal static void Write(ref MessagePackWriter writer, Subject subject)
    {
        writer.WriteArrayHeader(subject is Subject.Message ? 3 : 2);
        switch (subject)
        {
            case Subject.Message message:
                writer.Write(1);
                writer.Write(message.Conversation.Value);
                writer.Write(message.Seq);
                break;
            case Subject.Person person:
                writer.Write(2);
                writer.Write(person.Who.Value);
                break;
            case Subject.Place place:
                writer.Write(3);
                writer.Write(place.Conversation.Value);
                break;
        }
    }

    internal static Subject Subject(ref MessagePackReader reader)
    {
        var count = reader.Count(3);
        var which = reader.ReadInt32();
        Reading.Must(count == (which == 1 ? 3 : 2), "stored.subject");
        return which switch
        {
            1 => new Subject.Message(reader.Value(ConversationId.Create), reader.Count64()),
            2 => new Subject.Person(reader.Person()),
            3 => new Subject.Place(reader.Value(ConversationId.Create)),
            _ => throw new UnreadableException("stored.subject"),
        };
    }

    internal static PersonId? Somebody(ref MessagePackReader reader) => reader.TryReadNil() ? null : reader.Person();

    internal static T Known<T>(ref MessagePackReader reader)
        where T : struct, Enum
    {
        var number = reader.ReadInt32();
        Reading.Must(Enum.IsDefined(typeof(T), number), "stored.number");
        return (T)Enum.ToObject(typeof(T), number);
    }
}
