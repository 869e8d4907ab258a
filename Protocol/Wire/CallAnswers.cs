using Chat.Domain.Calls;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Where devices find each other where no straight way leads: servers, and what lets one use them.</summary>
/// <param name="Urls">The servers, as RFC 7064 and 7065 write them.</param>
/// <param name="Username">The name, where they ask for one.</param>
/// <param name="Credential">The password that goes with it.</param>
/// <param name="Until">Until when it is good; null where they ask for none.</param>
public sealed record RelaysView(Listing<string> Urls, string? Username, string? Credential, Instant? Until)
{
    /// <summary>There are none: devices find each other by themselves, or not.</summary>
    public static RelaysView None { get; } = new([], null, null, null);
}

/// <summary>Something that the other of a call passed on.</summary>
/// <param name="Number">The call's number.</param>
/// <param name="By">Who.</param>
/// <param name="Device">From which device.</param>
/// <param name="Data">What; nobody but their devices reads it.</param>
public sealed record CallPassed(long Number, PersonId By, DeviceId Device, CallSignal Data);

/// <summary>Answers about calls between two, and what is told of them.</summary>
public static class CallAnswers
{
    /// <summary>Servers of one answer.</summary>
    public const int MaxUrls = 16;

    /// <summary>The longest of what it holds, in bytes.</summary>
    public const int MaxTextBytes = 512;

    /// <summary>The last call of two; null where there was none.</summary>
    public static byte[] Ok(Call? call) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(Writing.Count(call is not null));
                if (call is null)
                    return;
                writer.Write("call");
                Write(ref writer, call);
            }
        );

    /// <summary>Where devices find each other.</summary>
    public static byte[] Ok(RelaysView relays) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(
                    1
                        + Writing.Count(
                            relays.Username is not null,
                            relays.Credential is not null,
                            relays.Until is not null
                        )
                );
                writer.Write("urls");
                writer.WriteArrayHeader(relays.Urls.Count);
                foreach (var url in relays.Urls)
                    writer.Write(url);
                if (relays.Username is { } name)
                    writer.Field("username", name);
                if (relays.Credential is { } credential)
                    writer.Field("credential", credential);
                if (relays.Until is { } until)
                    writer.Field("until", until);
            }
        );

    /// <summary>A call as it is now.</summary>
    public static byte[] Told(Call call) => Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, call));

    /// <summary>Something passed on between the two.</summary>
    public static byte[] Passed(CallPassed passed) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(5);
                writer.Field("type", "call_signal");
                writer.Field("number", passed.Number);
                writer.Field("by", passed.By.Value);
                writer.Field("device", passed.Device.Value);
                writer.Field("data", passed.Data.Value);
            }
        );

    private static void Write(ref MessagePackWriter writer, Call call)
    {
        writer.WriteMapHeader(
            6 + Writing.Count(call.AnsweredAt is not null, call.On is not null) + (call.Over is null ? 0 : 2)
        );
        writer.Field("number", call.Number);
        writer.Field("caller", call.Caller.Value);
        writer.Field("callee", call.Callee.Value);
        writer.Field("from", call.From.Value);
        writer.Field("video", call.IsVideo);
        writer.Field("at", call.At);
        if (call.AnsweredAt is { } answered)
            writer.Field("answered_at", answered);
        if (call.On is { } on)
            writer.Field("on", on.Value);
        if (call.Over is not { } over)
            return;
        writer.Field("how", Words.Of(over.How));
        writer.Field("ended_at", over.At);
    }

    /// <summary>Reads the last call of two, if there was one.</summary>
    public static Option<Call> Last(Fields ok) => ok["call"] is null ? None : Some(Call(ok.Map("call")));

    /// <summary>Reads a call.</summary>
    public static Call Call(Fields one) =>
        new(
            one.Long("number"),
            one.Person("caller"),
            one.Person("callee"),
            one.Value("from", DeviceId.Create),
            one["video"] is true,
            one.Time("at")
        )
        {
            AnsweredAt = one["answered_at"] is null ? null : one.Time("answered_at"),
            On = one["on"] is null ? null : one.Value("on", DeviceId.Create),
            Over = one["how"] is null
                ? null
                : (Words.EndingOf(one["how"]) ?? throw new FormatException("how"), one.Time("ended_at")),
        };

    /// <summary>Reads something that was passed on.</summary>
    public static CallPassed Passed(Fields one) =>
        new(
            one.Long("number"),
            one.Person("by"),
            one.Value("device", DeviceId.Create),
            one.Value("data", CallSignal.Create)
        );

    /// <summary>Reads where devices find each other.</summary>
    public static RelaysView Relays(Fields ok) =>
        new(
            ok.Strings("urls"),
            ok["username"] is null ? null : ok.String("username"),
            ok["credential"] is null ? null : ok.String("credential"),
            ok["until"] is null ? null : ok.Time("until")
        );
}
