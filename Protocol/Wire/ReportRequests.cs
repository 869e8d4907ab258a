using Chat.Domain.Desks;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Requests about reports: as a client writes them, and as a host reads them.</summary>
public static class ReportRequests
{
    internal const string Area = "report";

    /// <summary>Where a command goes: the area, the id and the verb of its subject.</summary>
    public static (string Area, string Id, string Verb) AddressOf(Command command) =>
        command switch
        {
            Command.File { Subject: Subject.Message message } => (Area, message.Conversation.Value, "file"),
            Command.File { Subject: Subject.Place place } => (Area, place.Conversation.Value, "file"),
            Command.File { To: { } to } => (Area, to.Value, "file"),
            Command.File { Subject: Subject.Person person } => (Area, person.Who.Value, "person"),
            Command.Assign assign => (Area, assign.Place.Value, "assign"),
            Command.Look look => (Area, look.Place.Value, "look"),
            Command.Settle settle => (Area, settle.Place.Value, "settle"),
            _ => throw new ArgumentException($"{command.GetType()} has no address", nameof(command)),
        };

    /// <summary>The body of a request that carries a command.</summary>
    public static byte[] Of(Command command, ClientId client) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + FieldsOf(command));
                writer.Field("client_id", client.Value);
                Write(ref writer, command);
            }
        );

    /// <summary>The normal form that digests are taken over: the address and the fields.</summary>
    public static byte[] Normal(Command command) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                var (area, id, verb) = AddressOf(command);
                writer.WriteArrayHeader(2);
                writer.Write($"{area}.{id}.{verb}");
                writer.WriteMapHeader(FieldsOf(command));
                Write(ref writer, command);
            }
        );

    /// <summary>The body of a question for reports: before a number, or the newest.</summary>
    public static byte[] List(bool areSettled, long? before, int limit) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + Writing.Count(areSettled, before is not null));
                writer.Field("limit", limit);
                if (areSettled)
                    writer.Field("settled", true);
                if (before is { } number)
                    writer.Field("before", number);
            }
        );

    /// <summary>The body of a question for the message that a report is about, or for a file of it.</summary>
    public static byte[] About(long report, FileId? file = null) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + Writing.Count(file is not null));
                writer.Field("report", report);
                if (file is { } one)
                    writer.Field("file", one.Value);
            }
        );

    private static int FieldsOf(Command command) =>
        command switch
        {
            Command.File file => 1
                + Writing.Count(file.Words is not null, IsToStaff(file), file.Subject is Subject.Message, Names(file)),
            Command.Assign assign => 1 + Writing.Count(assign.To is not null),
            Command.Look => 2,
            Command.Settle settle => 2 + Writing.Count(settle.Note is not null),
            _ => 0,
        };

    private static bool IsToStaff(Command.File file) => file.To is null && file.Subject is not Subject.Person;

    private static bool Names(Command.File file) => file.To is not null && file.Subject is Subject.Person;

    private static void Write(ref MessagePackWriter writer, Command command)
    {
        switch (command)
        {
            case Command.File file:
                writer.Field("why", Words.Of(file.Why));
                if (file.Words is { } words)
                    writer.Field("reason", words.Value);
                if (IsToStaff(file))
                    writer.Field("staff", true);
                if (file.Subject is Subject.Message message)
                    writer.Field("seq", message.Seq);
                if (Names(file) && file.Subject is Subject.Person person)
                    writer.Field("person", person.Who.Value);
                break;
            case Command.Assign assign:
                writer.Field("report", assign.Report);
                if (assign.To is { } to)
                    writer.Field("person", to.Value);
                break;
            case Command.Look look:
                writer.Field("report", look.Report);
                writer.Field("reason", look.Why.Value);
                break;
            case Command.Settle settle:
                writer.Field("report", settle.Report);
                writer.Field("outcome", Words.Of(settle.Outcome));
                if (settle.Note is { } note)
                    writer.Field("reason", note.Value);
                break;
        }
    }

    internal static Option<Validation<Fault, Ask>> Read(Address to, Fields body) =>
        to.Verb switch
        {
            "file" => Some(ConversationId.Create(to.Id).Bind(place => File(place, body))),
            "person" => Some(
                (PersonId.Create(to.Id), Requests.Client(body), Why(body), More(body)).Apply(
                    (person, client, why, words) =>
                        Change(client, new Command.File(null, new Subject.Person(person), why, Requests.OrNull(words)))
                )
            ),
            "assign" => Some(
                (
                    ConversationId.Create(to.Id),
                    Requests.Client(body),
                    Number(body),
                    body.TextIfAny("person", PersonId.Create)
                ).Apply(
                    (place, client, report, person) =>
                        Change(client, new Command.Assign(place, report, person.ToNullable()))
                )
            ),
            "look" => Some(
                (
                    ConversationId.Create(to.Id),
                    Requests.Client(body),
                    Number(body),
                    body.Text("reason", Reason.Create)
                ).Apply((place, client, report, why) => Change(client, new Command.Look(place, report, why)))
            ),
            "message" => Some(
                (ConversationId.Create(to.Id), Number(body)).Apply(
                    (place, report) => (Ask)new Ask.Reported(place, report)
                )
            ),
            "fetch" => Some(
                (ConversationId.Create(to.Id), Number(body), body.Text("file", FileId.Create)).Apply(
                    (place, report, file) => (Ask)new Ask.FetchReported(place, report, file)
                )
            ),
            "audit" => Some(
                (
                    ConversationId.Create(to.Id),
                    body.NumberIfAny("before", 1, Requests.MaxNumber),
                    Requests.Limit(body, AuditAnswers.MaxPage)
                ).Apply((place, before, limit) => (Ask)new Ask.ReportAudit(place, before.ToNullable(), limit))
            ),
            "settle" => Some(
                (ConversationId.Create(to.Id), Requests.Client(body), Number(body), Outcome(body), More(body)).Apply(
                    (place, client, report, outcome, note) =>
                        Change(client, new Command.Settle(place, report, outcome, Requests.OrNull(note)))
                )
            ),
            "list" => Some(
                (
                    ConversationId.Create(to.Id),
                    body.Flag("settled"),
                    body.NumberIfAny("before", 1, Requests.MaxNumber),
                    Requests.Limit(body, ReportAnswers.MaxPage)
                ).Apply(
                    (place, settled, before, limit) => (Ask)new Ask.Reports(place, settled, before.ToNullable(), limit)
                )
            ),
            _ => None,
        };

    // Of a message, of somebody, or of all of it.
    private static Validation<Fault, Ask> File(ConversationId place, Fields body) =>
        (
            Requests.Client(body),
            body.NumberIfAny("seq", 1, Requests.MaxNumber),
            body.TextIfAny("person", PersonId.Create),
            body.Flag("staff"),
            (Why(body), More(body)).Apply((why, words) => (why, words))
        )
            .Apply((client, seq, person, staff, more) => (client, seq, person, staff, more))
            .Bind(given =>
                given switch
                {
                    { seq.IsSome: true, person.IsSome: true } or { staff: true, person.IsSome: true } =>
                        Fields.Wrong<Ask>("person", "neither with seq nor with staff"),
                    var (client, seq, person, staff, (why, words)) => Validation<Fault, Ask>.Success(
                        Change(
                            client,
                            new Command.File(
                                staff ? null : place,
                                seq.Case is long number ? new Subject.Message(place, number)
                                    : person.Case is PersonId who ? new Subject.Person(who)
                                    : new Subject.Place(place),
                                why,
                                Requests.OrNull(words)
                            )
                        )
                    ),
                }
            );

    private static Validation<Fault, long> Number(Fields body) => body.Number("report", 1, Requests.MaxNumber);

    private static Ask Change(ClientId client, Command command) => new Ask.ChangeDesk(client, command);

    private static Validation<Fault, Cause> Why(Fields body) =>
        Words.CauseOf(body["why"]) is { } why
            ? Validation<Fault, Cause>.Success(why)
            : Fields.Wrong<Cause>("why", string.Join(", ", Words.Causes));

    private static Validation<Fault, Outcome> Outcome(Fields body) =>
        Words.OutcomeOf(body["outcome"]) is { } outcome
            ? Validation<Fault, Outcome>.Success(outcome)
            : Fields.Wrong<Outcome>("outcome", "acted or dismissed");

    private static Validation<Fault, Option<Reason>> More(Fields body) => body.TextIfAny("reason", Reason.Create);
}
