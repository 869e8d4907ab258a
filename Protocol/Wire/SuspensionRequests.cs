using Chat.Domain.Conversations;
using Chat.Domain.People;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// Closing somebody out of everything, by the staff: as it is asked for, and as the staff is told how it stands.
/// </summary>
public static class SuspensionRequests
{
    private const string Area = "person";

    /// <summary>Where a request goes: the area, the id and the verb of its subject.</summary>
    public static (string Area, string Id, string Verb) AddressOf(Ask ask) =>
        ask switch
        {
            Ask.Suspend suspend => (Area, suspend.Who.Value, "suspend"),
            Ask.Restore restore => (Area, restore.Who.Value, "restore"),
            Ask.Suspension suspension => (Area, suspension.Who.Value, "suspension"),
            _ => throw new ArgumentException($"{ask.GetType()} is about no suspension", nameof(ask)),
        };

    /// <summary>The body of a request.</summary>
    public static byte[] Of(Ask ask) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                var client = (ask as Ask.Suspend)?.Client ?? (ask as Ask.Restore)?.Client;
                writer.WriteMapHeader(Writing.Count(client is not null) + FieldsOf(ask));
                if (client is { } id)
                    writer.Field("client_id", id.Value);
                Write(ref writer, ask);
            }
        );

    /// <summary>The normal form that digests are taken over: the address and the fields.</summary>
    public static byte[] Normal(Ask ask) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                var (area, id, verb) = AddressOf(ask);
                writer.Write($"{area}.{id}.{verb}");
                writer.WriteMapHeader(FieldsOf(ask));
                Write(ref writer, ask);
            }
        );

    /// <summary>How it stands; nothing but that somebody is not closed out where they are not.</summary>
    public static byte[] Ok(Suspension? held) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(
                    1 + (held is null ? 0 : 2 + Writing.Count(held.Until is not null, held.Why is not null))
                );
                writer.Field("suspended", held is not null);
                if (held is null)
                    return;
                writer.Field("by", held.By.Value);
                writer.Field("at", held.At);
                if (held.Until is { } until)
                    writer.Field("until", until);
                if (held.Why is { } why)
                    writer.Field("reason", why.Value);
            }
        );

    /// <summary>Reads how it stands.</summary>
    public static Option<Suspension> Of(Fields ok) =>
        ok["suspended"] is true
            ? new Suspension(ok.Person("by"), ok.Time("at"), ok["until"] as Instant?, ok.ReasonIfAny("reason"))
            : None;

    private static int FieldsOf(Ask ask) =>
        ask is Ask.Suspend suspend ? Writing.Count(suspend.ForMs is not null, suspend.Why is not null) : 0;

    private static void Write(ref MessagePackWriter writer, Ask ask)
    {
        if (ask is not Ask.Suspend suspend)
            return;
        if (suspend.ForMs is { } length)
            writer.Field("for_ms", length);
        if (suspend.Why is { } why)
            writer.Field("reason", why.Value);
    }

    internal static Option<Validation<Fault, Ask>> Read(Address to, Fields body) =>
        (to.Area, to.Verb) switch
        {
            (Area, "suspend") => Some(
                (
                    PersonId.Create(to.Id),
                    Requests.Client(body),
                    body.NumberIfAny("for_ms", 1, Limits.LongestMs),
                    body.TextIfAny("reason", Reason.Create)
                ).Apply(
                    (who, client, length, why) =>
                        (Ask)new Ask.Suspend(client, who, length.ToNullable(), Requests.OrNull(why))
                )
            ),
            (Area, "restore") => Some(
                (PersonId.Create(to.Id), Requests.Client(body)).Apply(
                    (who, client) => (Ask)new Ask.Restore(client, who)
                )
            ),
            (Area, "suspension") => Some(PersonId.Create(to.Id).Map(who => (Ask)new Ask.Suspension(who))),
            _ => None,
        };
}
