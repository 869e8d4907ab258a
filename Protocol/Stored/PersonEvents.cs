using Chat.Domain.People;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>The fields of a person's events.</summary>
internal static class PersonEvents
{
    public static void Write(ref MessagePackWriter writer, Event happened)
    {
        switch (happened)
        {
            case Event.ProfileChanged changed:
                writer.WriteArrayHeader(2);
                writer.Write(changed.Name?.Value);
                writer.Write(changed.About?.Value);
                break;
            case Event.PrivacyChanged changed:
                Write(ref writer, changed.Privacy);
                break;
            case Event.Dismissed dismissed:
                writer.WriteArrayHeader(1);
                writer.Write(dismissed.Person.Value);
                break;
            case Event.InvitationDeclined declined:
                writer.WriteArrayHeader(1);
                writer.Write(declined.Conversation.Value);
                break;
            case Event.DeviceRevoked revoked:
                writer.WriteArrayHeader(1);
                writer.Write(revoked.Device.Value);
                break;
            case Event.Suspended suspended:
                writer.WriteArrayHeader(2);
                Governed.Write(ref writer, suspended.Until);
                writer.Write(suspended.Why?.Value);
                break;
            case Event.Restored:
                writer.WriteArrayHeader(0);
                break;
            default:
                throw new ArgumentException($"{happened.GetType()} has no stored form", nameof(happened));
        }
    }

    // Who has said nothing of what came later is written as all were before it.
    private static void Write(ref MessagePackWriter writer, Privacy privacy)
    {
        var isAsBefore =
            (privacy.Find, privacy.Presence, privacy.Receipts)
            == (Privacy.Open.Find, Privacy.Open.Presence, Privacy.Open.Receipts);
        writer.WriteArrayHeader(
            !isAsBefore ? 6
            : privacy.MayMeet ? 3
            : 2
        );
        writer.Write((int)privacy.Messages);
        writer.Write((int)privacy.Invites);
        if (privacy.MayMeet || !isAsBefore)
            writer.Write(privacy.MayMeet);
        if (isAsBefore)
            return;
        writer.Write((int)privacy.Find);
        writer.Write((int)privacy.Presence);
        writer.Write((int)privacy.Receipts);
    }

    private static Privacy PrivacyOf(ref MessagePackReader reader)
    {
        var fields = reader.ReadArrayHeader();
        Reading.Must(fields is 2 or 3 or 6, "stored.field_count");
        var privacy = new Privacy(Openness(ref reader), Openness(ref reader));
        if (fields > 2)
            privacy = privacy with { MayMeet = reader.ReadBoolean() };
        return fields == 6
            ? privacy with
            {
                Find = Openness(ref reader),
                Presence = Openness(ref reader),
                Receipts = Openness(ref reader),
            }
            : privacy;
    }

    private static Openness Openness(ref MessagePackReader reader)
    {
        var number = reader.ReadInt32();
        Reading.Must(Enum.IsDefined((Openness)number), "stored.openness");
        return (Openness)number;
    }

    public static Event Read(ref MessagePackReader reader, Type type, Stamp stamp)
    {
        if (type == typeof(Event.DeviceRevoked))
        {
            reader.Fixed(1);
            return new Event.DeviceRevoked(stamp, reader.Value(DeviceId.Create));
        }
        if (type == typeof(Event.PrivacyChanged))
            return new Event.PrivacyChanged(stamp, PrivacyOf(ref reader));
        if (type == typeof(Event.Dismissed))
        {
            reader.Fixed(1);
            return new Event.Dismissed(stamp, reader.Person());
        }
        if (type == typeof(Event.InvitationDeclined))
        {
            reader.Fixed(1);
            return new Event.InvitationDeclined(stamp, reader.Value(ConversationId.Create));
        }
        if (type == typeof(Event.Suspended))
        {
            reader.Fixed(2);
            return new Event.Suspended(stamp, Governed.Until(ref reader), reader.ReasonIfAny());
        }
        if (type == typeof(Event.Restored))
        {
            reader.Fixed(0);
            return new Event.Restored(stamp);
        }
        reader.Fixed(2);
        return new Event.ProfileChanged(
            stamp,
            reader.TryReadNil() ? null : reader.Value(DisplayName.Create),
            reader.TryReadNil() ? null : reader.Value(About.Create)
        );
    }
}
