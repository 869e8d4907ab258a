using Chat.Domain.Rooms;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Requests about rooms: as a client writes them, and as a host reads them.</summary>
public static class RoomRequests
{
    internal const string Area = "room";

    /// <summary>The verb of a command.</summary>
    public static string VerbOf(Command command) =>
        command switch
        {
            Command.Light => "light",
            Command.Enter => "enter",
            Command.Leave => "leave",
            Command.Lock => "lock",
            Command.Unlock => "unlock",
            Command.Knock => "knock",
            Command.Withdraw => "withdraw",
            Command.Admit => "admit",
            Command.Decline => "decline",
            Command.Expel => "expel",
            Command.Say => "say",
            Command.Note => "note",
            Command.SetGuests => "guests",
            Command.Keep => "keep",
            Command.Play or Command.Elapse => TableData.Verb,
        };

    /// <summary>The body of a request that carries a command.</summary>
    public static byte[] Of(Command command, ClientId client) =>
        Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, command, client));

    /// <summary>The body of a request to let something fly over a room.</summary>
    public static byte[] React(Emoji emoji) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("emoji", emoji.Value);
            }
        );

    /// <summary>The body of a request to pass something on.</summary>
    public static byte[] Signal(PersonId to, DeviceId? device, CallSignal data) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2 + Writing.Count(device is not null));
                writer.Field("to", to.Value);
                if (device is { } one)
                    writer.Field("device", one.Value);
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
        writer.WriteMapHeader(CountOf(command) + Writing.Count(client is not null));
        if (client is { } id)
            writer.Field("client_id", id.Value);
        switch (command)
        {
            case Command.Light light:
                writer.Field("name", light.Name.Value);
                if (light.IsLocked)
                    writer.Field("locked", true);
                if (light.Guests.Count > 0)
                    writer.Field("guests", light.Guests);
                if (light.Capacity != Room.DefaultCapacity)
                    writer.Field("capacity", light.Capacity);
                break;
            case Command.Admit admit:
                writer.Field("person", admit.Person.Value);
                break;
            case Command.Decline decline:
                writer.Field("person", decline.Person.Value);
                break;
            case Command.Expel expel:
                writer.Field("person", expel.Person.Value);
                break;
            case Command.Play play:
                writer.Write("do");
                writer.Write(Playing.Table.Commands.Write(play.What));
                break;
            case Command.Say say:
                writer.Field("text", say.Text.Value);
                break;
            case Command.Note note:
                writer.Field("person", note.To.Value);
                writer.Field("text", note.Text.Value);
                break;
            case Command.SetGuests { Guests.Count: > 0 } set:
                writer.Field("guests", set.Guests);
                break;
            case Command.Keep { Into: { } into }:
                writer.Field("conversation", into.Value);
                break;
        }
    }

    private static int CountOf(Command command) =>
        command switch
        {
            Command.Light light => 1
                + Writing.Count(light.IsLocked, light.Guests.Count > 0, light.Capacity != Room.DefaultCapacity),
            Command.Note => 2,
            Command.SetGuests set => Writing.Count(set.Guests.Count > 0),
            Command.Keep keep => Writing.Count(keep.Into is not null),
            Command.Admit or Command.Decline or Command.Expel or Command.Say => 1,
            Command.Enter
            or Command.Leave
            or Command.Lock
            or Command.Unlock
            or Command.Knock
            or Command.Withdraw
            or Command.Elapse => 0,
            Command.Play => 1,
        };

    internal static Option<Validation<Fault, Ask>> Read(Address to, Fields body) =>
        to.Verb switch
        {
            "light" => Some(Light(to, body)),
            "enter" => Change(to, body, new Command.Enter()),
            "leave" => Change(to, body, new Command.Leave()),
            "lock" => Change(to, body, new Command.Lock()),
            "unlock" => Change(to, body, new Command.Unlock()),
            "knock" => Change(to, body, new Command.Knock()),
            "withdraw" => Change(to, body, new Command.Withdraw()),
            "admit" => Change(to, body, Person(body).Map(who => (Command)new Command.Admit(who))),
            "decline" => Change(to, body, Person(body).Map(who => (Command)new Command.Decline(who))),
            "expel" => Change(to, body, Person(body).Map(who => (Command)new Command.Expel(who))),
            "say" => Change(to, body, Text(body).Map(text => (Command)new Command.Say(text))),
            "note" => Change(
                to,
                body,
                (Person(body), Text(body)).Apply((who, text) => (Command)new Command.Note(who, text))
            ),
            "guests" => Change(to, body, Guests(body).Map(guests => (Command)new Command.SetGuests(guests))),
            "keep" => Change(
                to,
                body,
                body.TextIfAny("conversation", ConversationId.Create)
                    .Map(into => (Command)new Command.Keep(into.ToNullable()))
            ),
            TableData.Verb => Some(TableData.Read(to, body)),
            "log" => Some(RoomId.Create(to.Id).Map(room => (Ask)new Ask.GameLog(room))),
            "get" => Some(RoomId.Create(to.Id).Map(room => (Ask)new Ask.Look(room))),
            "react" => Some(
                (RoomId.Create(to.Id), body.Text("emoji", Emoji.Create)).Apply(
                    (room, emoji) => (Ask)new Ask.Fling(room, emoji)
                )
            ),
            "signal" => Some(
                (
                    RoomId.Create(to.Id),
                    body.Text("to", PersonId.Create),
                    body.TextIfAny("device", DeviceId.Create),
                    body.Text("data", CallSignal.Create)
                ).Apply((room, who, device, data) => (Ask)new Ask.Pass(room, who, device.ToNullable(), data))
            ),
            _ => None,
        };

    private static Validation<Fault, Ask> Light(Address to, Fields body) =>
        (
            Requests.Nothing(to),
            Requests.Client(body),
            body.Text("name", RoomName.Create),
            body.Flag("locked"),
            (Guests(body), body.NumberIfAny("capacity", 2, Room.MaxCapacity)).Apply(
                (guests, capacity) => (guests, (int)capacity.IfNone(Room.DefaultCapacity))
            )
        ).Apply(
            (_, client, name, isLocked, more) =>
                (Ask)new Ask.ChangeRoom(null, client, new Command.Light(name, isLocked, more.guests, more.Item2))
        );

    private static Option<Validation<Fault, Ask>> Change(Address to, Fields body, Command command) =>
        Change(to, body, Validation<Fault, Command>.Success(command));

    private static Option<Validation<Fault, Ask>> Change(Address to, Fields body, Validation<Fault, Command> command) =>
        Some(
            (RoomId.Create(to.Id), Requests.Client(body), command).Apply(
                (room, client, asked) => (Ask)new Ask.ChangeRoom(room, client, asked)
            )
        );

    private static Validation<Fault, PersonId> Person(Fields body) => body.Text("person", PersonId.Create);

    private static Validation<Fault, RoomText> Text(Fields body) => body.Text("text", RoomText.Create);

    private static Validation<Fault, Listing<PersonId>> Guests(Fields body) => body.People("guests", Room.MaxGuests);
}
