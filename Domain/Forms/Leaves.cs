using Chat.Domain.Notices;

namespace Chat.Domain.Forms;

/// <summary>The values that a form is made of at its ends.</summary>
internal static class Leaves
{
    public static Shape? Of(Type type) =>
        type == typeof(string) ? Leaf<string>(one => new Datum.Text(one), written => Text(written))
        : type == typeof(bool) ? Leaf<bool>(one => new Datum.Flag(one), written => (written as Datum.Flag)?.Value)
        : type == typeof(long) ? Leaf<long>(one => new Datum.Whole(one), written => Whole(written))
        : type == typeof(int) ? Leaf<int>(one => new Datum.Whole(one), Int)
        : type == typeof(Instant)
            ? Leaf<Instant>(
                one => new Datum.Whole(one.Milliseconds),
                // From year 1 to the end of 9999, as they travel.
                written =>
                    Whole(written) is >= -62_135_596_800_000 and <= 253_402_300_799_999 and var ms
                        ? new Instant(ms)
                        : null
            )
        : type == typeof(PersonId)
            ? Leaf<PersonId>(
                one => new Datum.Text(one.Value),
                written => Text(written) is { } text && Token.IsValid(text) ? PersonId.Of(text) : null
            )
        : type == typeof(DeviceId)
            ? Leaf<DeviceId>(
                one => new Datum.Text(one.Value),
                written => Text(written) is { } text && Token.IsValid(text) ? DeviceId.Of(text) : null
            )
        : type == typeof(RoomId)
            ? Leaf<RoomId>(
                one => new Datum.Text(one.Value),
                written => Text(written) is { } text && Token.IsValid(text) ? RoomId.Of(text) : null
            )
        : type == typeof(ConversationId)
            ? Leaf<ConversationId>(
                one => new Datum.Text(one.Value),
                written => Text(written) is { } text && Token.IsValid(text) ? ConversationId.Of(text) : null
            )
        : type == typeof(RoomName)
            ? Leaf<RoomName>(
                one => new Datum.Text(one.Value),
                written => RoomName.Create(Text(written)).ToOption().Case
            )
        : type == typeof(RoomText)
            ? Leaf<RoomText>(
                one => new Datum.Text(one.Value),
                written => RoomText.Create(Text(written)).ToOption().Case
            )
        : type == typeof(QuietHours)
            ? Leaf<QuietHours>(
                one => new Datum.Items([
                    new Datum.Whole(one.From),
                    new Datum.Whole(one.To),
                    new Datum.Whole(one.Offset),
                ]),
                Quiet
            )
        : type == typeof(Bits256) ? Leaf<Bits256>(one => new Datum.Text(one.ToString()), written => Bits(written))
        : type == typeof(Secret)
            ? Leaf<Secret>(
                one => new Datum.Text(one.Value.ToString()),
                written => Bits(written) is { } bits ? new Secret(bits) : null
            )
        : null;

    private static Shape.Leaf Leaf<T>(Func<T, Datum> written, Func<Datum, object?> found) =>
        new(one => written((T)one), found);

    private static string? Text(Datum written) => (written as Datum.Text)?.Value;

    private static long? Whole(Datum written) => (written as Datum.Whole)?.Value;

    private static object? Int(Datum written) =>
        Whole(written) is >= int.MinValue and <= int.MaxValue and var whole ? (int)whole : null;

    private static object? Quiet(Datum written) =>
        written is Datum.Items { Values: [var from, var to, var offset] }
        && (Int(from), Int(to), Int(offset)) is (int first, int last, int ahead)
            ? QuietHours.Create(first, last, ahead).ToOption().Case
            : null;

    private static Bits256? Bits(Datum written) =>
        Text(written) is { } text && Bits256.Parse(text).Case is Bits256 bits ? bits : null;
}
