using System.Collections.Immutable;
using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// Questions about what may be done, what it would come to and who is kept out: as a client writes them, and as a host
/// reads them. What is asked about is written as its own request would be, less the client's id.
/// </summary>
public static class ExplainRequests
{
    /// <summary>Stands in the place of a verb where the past is asked about.</summary>
    internal const string History = "history";

    /// <summary>The body of a question about a command.</summary>
    public static byte[] Of(Command command) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("verb", RequestBodies.VerbOf(command));
                writer.Write("with");
                RequestBodies.Write(ref writer, command);
            }
        );

    /// <summary>The body of a question about what one sees of the past.</summary>
    public static byte[] OfHistory() =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("verb", History);
            }
        );

    internal static Option<Func<ConversationId, Validation<Fault, Ask>>> Read(string verb, Fields body) =>
        verb switch
        {
            "explain" when body["verb"] is History => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                Validation<Fault, Ask>.Success(new Ask.ExplainHistory(id))
            ),
            "explain" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                Posed(body).Map(command => (Ask)new Ask.Explain(id, command))
            ),
            "what_if" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                Posed(body).Map(command => (Ask)new Ask.WhatIf(id, command))
            ),
            "bans" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                (body.TextIfAny("after", PersonId.Create), Requests.Limit(body, Requests.MaxMembersPage)).Apply(
                    (after, limit) => (Ask)new Ask.Bans(id, after.ToNullable(), limit)
                )
            ),
            "audit" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                (body.NumberIfAny("before", 1, Requests.MaxNumber), Requests.Limit(body, AuditAnswers.MaxPage)).Apply(
                    (before, limit) => (Ask)new Ask.Audit(id, before.ToNullable(), limit)
                )
            ),
            "word_rules" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                Validation<Fault, Ask>.Success(new Ask.Words(id))
            ),
            "links" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                (body.TextIfAny("after", LinkId.Create), Requests.Limit(body, LinkAnswers.MaxPage)).Apply(
                    (after, limit) => (Ask)new Ask.Links(id, after.ToNullable(), limit)
                )
            ),
            _ => None,
        };

    private static Validation<Fault, Command> Posed(Fields body) =>
        body["verb"] is not string verb ? Fields.Wrong<Command>("verb", "a verb that changes a conversation")
        : body["with"] is not (null or ImmutableDictionary<string, object?>)
            ? Fields.Wrong<Command>("with", "the fields of that verb")
        : Requests
            .Commands(verb, body.Inner("with"))
            .Match(
                Some: read => read(),
                None: () => Fields.Wrong<Command>("verb", "a verb that changes a conversation")
            );
}
