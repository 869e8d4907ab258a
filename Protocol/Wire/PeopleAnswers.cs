using Chat.Domain.People;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>A person as others see them.</summary>
public sealed record PersonEntry(PersonId Person, Profile Profile);

/// <summary>A device of one's own.</summary>
/// <param name="Device">Which.</param>
/// <param name="SeenAt">When it last came in; null for one that was revoked before it ever did.</param>
/// <param name="IsLive">Whether it is connected now.</param>
/// <param name="RevokedAt">Until when what was issued to it is void.</param>
public sealed record DeviceEntry(DeviceId Device, Instant? SeenAt, bool IsLive, Instant? RevokedAt);

/// <summary>What somebody said of themselves, as they alone are told it.</summary>
public sealed record SelfEntry(Profile Profile, Privacy Privacy);

/// <summary>Answers about people and their devices.</summary>
public static class PeopleAnswers
{
    /// <summary>
    /// Those of the people asked about whom the asker may know of and who have said something of themselves.
    /// </summary>
    public static byte[] Ok(Listing<PersonEntry> people) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("people", people, WritePerson);
            }
        );

    /// <summary>One's devices.</summary>
    public static byte[] Ok(Listing<DeviceEntry> devices) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("devices", devices, WriteDevice);
            }
        );

    /// <summary>Oneself.</summary>
    public static byte[] Ok(SelfEntry self) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(6 + FieldsOf(self.Profile));
                WriteFields(ref writer, self.Profile);
                writer.Field("messages", Words.Of(self.Privacy.Messages));
                writer.Field("invites", Words.Of(self.Privacy.Invites));
                writer.Field("meet", self.Privacy.MayMeet);
                writer.Field("find", Words.Of(self.Privacy.Find));
                writer.Field("presence", Words.Of(self.Privacy.Presence));
                writer.Field("receipts", Words.Of(self.Privacy.Receipts));
            }
        );

    /// <summary>Reads oneself.</summary>
    public static SelfEntry Self(Fields ok) =>
        new(
            ProfileOf(ok),
            new Privacy(OpennessOf(ok, "messages", null), OpennessOf(ok, "invites", null))
            {
                MayMeet = ok["meet"] is true,
                Find = OpennessOf(ok, "find", Privacy.Open.Find),
                Presence = OpennessOf(ok, "presence", Privacy.Open.Presence),
                Receipts = OpennessOf(ok, "receipts", Privacy.Open.Receipts),
            }
        );

    // What an older host does not say is as it was there.
    private static Openness OpennessOf(Fields ok, string name, Openness? unsaid) =>
        (ok[name] is null ? unsaid : Words.OpennessOf(ok[name])) ?? throw new FormatException(name);

    /// <summary>Somebody is called or described otherwise now; told to who shares a conversation with them.</summary>
    public static byte[] Changed(PersonEntry person) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2 + FieldsOf(person.Profile));
                writer.Field("type", "profile");
                WriteFields(ref writer, person);
            }
        );

    /// <summary>Reads people.</summary>
    public static Listing<PersonEntry> People(Fields ok) => ok.List("people", PersonOf);

    internal static PersonEntry PersonOf(Fields one) => new(one.Person("person"), ProfileOf(one));

    private static Profile ProfileOf(Fields one) =>
        new(
            one["name"] is null ? null : one.Value("name", DisplayName.Create),
            one["about"] is null ? null : one.Value("about", About.Create)
        );

    /// <summary>Reads devices.</summary>
    public static Listing<DeviceEntry> Devices(Fields ok) =>
        ok.List(
            "devices",
            one => new DeviceEntry(
                one.Value("device", DeviceId.Create),
                one["seen_at"] as Instant?,
                one["live"] is true,
                one["revoked_at"] as Instant?
            )
        );

    internal static int FieldsOf(Profile profile) => Writing.Count(profile.Name is not null, profile.About is not null);

    internal static void WritePerson(ref MessagePackWriter writer, PersonEntry person)
    {
        writer.WriteMapHeader(1 + FieldsOf(person.Profile));
        WriteFields(ref writer, person);
    }

    internal static void WriteFields(ref MessagePackWriter writer, PersonEntry person)
    {
        writer.Field("person", person.Person.Value);
        WriteFields(ref writer, person.Profile);
    }

    private static void WriteFields(ref MessagePackWriter writer, Profile profile)
    {
        if (profile.Name is { } name)
            writer.Field("name", name.Value);
        if (profile.About is { } about)
            writer.Field("about", about.Value);
    }

    private static void WriteDevice(ref MessagePackWriter writer, DeviceEntry device)
    {
        writer.WriteMapHeader(2 + Writing.Count(device.SeenAt is not null, device.RevokedAt is not null));
        writer.Field("device", device.Device.Value);
        writer.Field("live", device.IsLive);
        if (device.SeenAt is { } seen)
            writer.Field("seen_at", seen);
        if (device.RevokedAt is { } revoked)
            writer.Field("revoked_at", revoked);
    }
}
