using Chat.Domain.Calls;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// Requests about calls between two: as a client writes them, and as a host reads them. Each is addressed to the other
/// of the two.
/// </summary>
public static class CallRequests
{
    internal const string Area = "call";

    /// <summary>The verb of a command.</summary>
    /// <exception cref="ArgumentException">No client asks it.</exception>
    public static string VerbOf(Command command) =>
        command switch
        {
            Command.Ring => "ring",
            Command.Accept => "accept",
            Command.Decline => "decline",
            Command.HangUp => "hang_up",
            Command.Elapse => throw new ArgumentException("nobody asks this", nameof(command)),
        };

    /// <summary>The body of a request that carries a command.</summary>
    public static byte[] Of(Command command, ClientId client) =>
        Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, command, client));

    /// <summary>The body of a request to pass something on to the other.</summary>
    public static byte[] Signal(long number, CallSignal data) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("number", number);
                writer.Field("data", data.Value);
            }
        );

    /// <summary>The normal form that digests are taken over: the verb, and the body without the client's id.</summary>
    public static byte[] Normal(Command command) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.Write($"{Area}.{VerbOf(command)}");
                Write(ref writer, command, null);
            }
        );

    private static void Write(ref MessagePackWriter writer, Command command, ClientId? client)
    {
        var number = command switch
        {
            Command.Accept accept => accept.Number,
            Command.Decline decline => decline.Number,
            Command.HangUp hangUp => hangUp.Number,
            _ => null,
        };
        writer.WriteMapHeader(
            Writing.Count(client is not null, number is not null, command is Command.Ring { IsVideo: true })
        );
        if (client is { } id)
            writer.Field("client_id", id.Value);
        if (number is { } one)
            writer.Field("number", one);
        if (command is Command.Ring { IsVideo: true })
            writer.Field("video", true);
    }

    internal static Option<Validation<Fault, Ask>> Read(Address to, Fields body) =>
        to.Verb switch
        {
            "ring" => Some(
                (PersonId.Create(to.Id), Requests.Client(body), body.Flag("video")).Apply(
                    (other, client, isVideo) => (Ask)new Ask.ChangeLine(other, client, new Command.Ring(other, isVideo))
                )
            ),
            "accept" => Change(to, body, Number(body).Map(number => (Command)new Command.Accept(number))),
            "decline" => Change(to, body, Number(body).Map(number => (Command)new Command.Decline(number))),
            "hang_up" => Change(
                to,
                body,
                body.NumberIfAny("number", 1, Requests.MaxNumber)
                    .Map(number => (Command)new Command.HangUp(number.ToNullable()))
            ),
            "get" => Some(PersonId.Create(to.Id).Map(other => (Ask)new Ask.CallWith(other))),
            "relays" => Some(Requests.Nothing(to).Map(_ => (Ask)new Ask.Relays())),
            "signal" => Some(
                (PersonId.Create(to.Id), Number(body), body.Text("data", CallSignal.Create)).Apply(
                    (other, number, data) => (Ask)new Ask.PassOn(other, number, data)
                )
            ),
            _ => None,
        };

    private static Option<Validation<Fault, Ask>> Change(Address to, Fields body, Validation<Fault, Command> command) =>
        Some(
            (PersonId.Create(to.Id), Requests.Client(body), command).Apply(
                (other, client, asked) => (Ask)new Ask.ChangeLine(other, client, asked)
            )
        );

    private static Validation<Fault, long> Number(Fields body) => body.Number("number", 1, Requests.MaxNumber);
}
