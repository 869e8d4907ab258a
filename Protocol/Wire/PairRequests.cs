using Chat.Domain.Pairs;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Requests about friendship and block: as a client writes them, and as a host reads them.</summary>
public static class PairRequests
{
    internal const string Area = "friend";

    /// <summary>Where a command goes: the area, the other's id and the verb of its subject.</summary>
    public static (string Area, string Id, string Verb) AddressOf(Command command) =>
        (Area, command.Other.Value, VerbOf(command));

    /// <summary>The body of a request that carries a command.</summary>
    public static byte[] Of(ClientId client) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("client_id", client.Value);
            }
        );

    /// <summary>The normal form that digests are taken over: the address.</summary>
    public static byte[] Normal(Command command) =>
        Writing.ToBytes((ref MessagePackWriter writer) => writer.Write($"{Area}.{command.Other}.{VerbOf(command)}"));

    private static string VerbOf(Command command) =>
        command switch
        {
            Command.Request => "request",
            Command.Accept => "accept",
            Command.Decline => "decline",
            Command.Cancel => "cancel",
            Command.Remove => "remove",
            Command.Block => "block",
            Command.Unblock => "unblock",
        };

    internal static Option<Validation<Fault, Ask>> Read(Address to, Fields body) =>
        to.Verb switch
        {
            "list" => Some(
                (
                    Requests.Nothing(to),
                    body.TextIfAny("after", PersonId.Create),
                    Requests.Limit(body, Requests.MaxMembersPage)
                ).Apply((_, after, limit) => (Ask)new Ask.Friends(after.ToNullable(), limit))
            ),
            "request" => Change(to, body, other => new Command.Request(other)),
            "accept" => Change(to, body, other => new Command.Accept(other)),
            "decline" => Change(to, body, other => new Command.Decline(other)),
            "cancel" => Change(to, body, other => new Command.Cancel(other)),
            "remove" => Change(to, body, other => new Command.Remove(other)),
            "block" => Change(to, body, other => new Command.Block(other)),
            "unblock" => Change(to, body, other => new Command.Unblock(other)),
            _ => None,
        };

    private static Option<Validation<Fault, Ask>> Change(Address to, Fields body, Func<PersonId, Command> make) =>
        Some(
            (Requests.Client(body), PersonId.Create(to.Id)).Apply(
                (client, other) => (Ask)new Ask.ChangePair(client, make(other))
            )
        );
}
