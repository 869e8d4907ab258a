using Chat.Domain.Views;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Searches: as a client writes them, and as a host reads them.</summary>
public static class SearchRequests
{
    /// <summary>What the subject addresses: a conversation, or all of the caller's.</summary>
    public static string IdOf(ConversationId? conversation) => conversation?.Value ?? Subjects.Nothing;

    /// <summary>The body of a request.</summary>
    public static byte[] Of(SearchQuery query, string? cursor, int limit) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(
                    1
                        + Writing.Count(
                            query.Words is not null,
                            query.Author is not null,
                            query.Mention is not null,
                            query.Before is not null,
                            query.After is not null,
                            query.Has is not null,
                            cursor is not null
                        )
                );
                writer.Field("limit", limit);
                if (query.Words is { } words)
                    writer.Field("words", words.Value);
                if (query.Author is { } author)
                    writer.Field("author", author.Value);
                if (query.Mention is { } mention)
                    writer.Field("mention", mention.Value);
                if (query.Before is { } before)
                    writer.Field("before", before);
                if (query.After is { } after)
                    writer.Field("after", after);
                if (query.Has is { } has)
                    writer.Field("has", Words.Of(has));
                if (cursor is not null)
                    writer.Field("cursor", cursor);
            }
        );

    internal static Validation<Fault, Ask> Read(Address to, Fields body) =>
        (Where(to), Query(body), Requests.Cursor(body), Requests.Limit(body, History.MaxPage)).Apply(
            (where, query, cursor, limit) =>
                (Ask)new Ask.Search(where.ToNullable(), query, Requests.OrNull(cursor), limit)
        );

    private static Validation<Fault, Option<ConversationId>> Where(Address to) =>
        to.Id == Subjects.Nothing
            ? Validation<Fault, Option<ConversationId>>.Success(Option<ConversationId>.None)
            : ConversationId.Create(to.Id).Map(id => Some(id));

    private static Validation<Fault, SearchQuery> Query(Fields body) =>
        (
            body.TextIfAny("words", SearchWords.Create),
            body.TextIfAny("author", PersonId.Create),
            body.TextIfAny("mention", PersonId.Create),
            body.TimeIfAny("before"),
            body.TimeIfAny("after"),
            body.TextIfAny("has", Has)
        ).Apply(
            (words, author, mention, before, after, has) =>
                new SearchQuery(
                    Requests.OrNull(words),
                    author.ToNullable(),
                    mention.ToNullable(),
                    before.ToNullable(),
                    after.ToNullable(),
                    has.ToNullable()
                )
        );

    private static Validation<Fault, Carried> Has(string? word) =>
        Words.CarriedOf(word) is { } sort
            ? Validation<Fault, Carried>.Success(sort)
            : Fields.Wrong<Carried>("has", string.Join(", ", Words.Carryings));
}
