using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>What a product's own policy is asked.</summary>
public static class PolicyRequests
{
    /// <summary>Who would say what where, in JSON.</summary>
    public static byte[] Of(PersonId person, DeviceId device, string conversation, Command command) =>
        Json.FromMessagePack(
            Writing.ToBytes(
                (ref MessagePackWriter writer) =>
                {
                    writer.WriteMapHeader(5);
                    writer.Field("person", person.Value);
                    writer.Field("device", device.Value);
                    writer.Field("conversation", conversation);
                    writer.Field("verb", RequestBodies.VerbOf(command));
                    writer.Write("with");
                    RequestBodies.Write(ref writer, command);
                }
            )
        );
}
