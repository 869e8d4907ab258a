using System.Text;
using Chat.Domain.Conversations;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Benchmarks.Load;

/// <summary>
/// A send as it goes over the wire, encoded once: only its number is written anew, in the client's id and in the body.
/// </summary>
internal sealed class Frame
{
    /// <summary>Digits of a message's number.</summary>
    public const int Digits = 9;

    /// <summary>Bytes of a body.</summary>
    public const int BodyBytes = 100;

    private readonly byte[] bytes;
    private readonly int[] numbers;

    private Frame(byte[] bytes, int[] numbers) => (this.bytes, this.numbers) = (bytes, numbers);

    /// <summary>Stands before the number in a body, and nowhere else in what the host sends.</summary>
    public static ReadOnlySpan<byte> Mark => "~~#"u8;

    public int Length => bytes.Length;

    /// <summary>A frame for one person's sends to a conversation, answered in one slot.</summary>
    public static Frame Of(PersonId person, DeviceId device, ConversationId conversation, int slot)
    {
        var number = new string('0', Digits);
        var text = $"~~#{number} ".PadRight(BodyBytes, 'x');
        var body = Body.Create(text)
            .Match(Succ: body => body, Fail: faults => throw new FormatException(faults.First().Rule));
        var send = new Command.SendMessage(body, null, Listing<PersonId>.Empty);
        var payload = RequestBodies.Of(send, ClientId.Of("m" + number));
        var subject = Subjects.Request(person, device, "conversation", conversation.Value, "send");
        var head = Encoding.ASCII.GetBytes(
            $"PUB {subject} {Subjects.Inbox(person, device)}.{slot} {payload.Length}\r\n"
        );
        var bytes = (byte[])[.. head, .. payload, .. "\r\n"u8];
        var client = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("m" + number)) + 1;
        return new Frame(bytes, [client, bytes.AsSpan().IndexOf(Mark) + Mark.Length]);
    }

    /// <summary>Writes the frame with a number.</summary>
    public void Write(int number, Span<byte> into)
    {
        bytes.CopyTo(into);
        foreach (var at in numbers)
            for (var (digit, rest) = (Digits - 1, number); digit >= 0; digit--, rest /= 10)
                into[at + digit] = (byte)('0' + (rest % 10));
    }

    /// <summary>The number in what was delivered; -1 where there is none.</summary>
    public static int NumberIn(ReadOnlySpan<byte> delivered)
    {
        var at = delivered.IndexOf(Mark);
        if (at < 0 || delivered.Length < at + Mark.Length + Digits)
            return -1;
        var number = 0;
        foreach (var digit in delivered.Slice(at + Mark.Length, Digits))
            number = (10 * number) + digit - '0';
        return number;
    }
}
