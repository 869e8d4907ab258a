using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>Indexes what was committed, and looks for it as a device does.</summary>
internal static class Searching
{
    public const string Everything =
        "select stream_id, version, seq, told, at, said, lexemes from chat.chat_search order by 1, 2";

    public static SearchQuery For(string words) =>
        new(SearchWords.Create(words).IfFail(_ => throw new ArgumentException(words)));

    /// <summary>Until nothing is missing; each round by a host that has only just begun.</summary>
    public static async Task IndexAsync(Scene scene)
    {
        for (var quiet = 0; quiet < 3; )
            quiet = await new SearchIndex(scene.Database).RoundAsync() ? 0 : quiet + 1;
    }

    public static async Task<Either<Refusal, SearchPage>> AskAsync(Scene scene, PersonId person, Ask.Search ask) =>
        (await QueriesOf(scene).AnswerAsync(person, DeviceId.Of("phone"), ask)).Bind(bytes =>
            Decoding.Answer(bytes, SearchAnswers.Page)
        );

    /// <summary>What needs no more than the database is answered as a host answers it.</summary>
    public static Queries QueriesOf(Scene scene) =>
        new(scene.Database, TenantId.Main, () => true, () => new Instant(0), null!, null!, null!, null, null!);

    /// <summary>All that is found, page by page, as conversation and number.</summary>
    public static async Task<List<string>> FindAsync(
        Scene scene,
        PersonId person,
        SearchQuery query,
        string? conversation = null,
        int limit = 50
    )
    {
        var where = conversation is null ? (ConversationId?)null : ConversationId.Of(conversation);
        var (found, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await AskAsync(scene, person, new Ask.Search(where, query, cursor, limit))).Match(
                Right: one => one,
                Left: refusal => throw new InvalidOperationException(refusal.Code)
            );
            if (page.Messages.Count > limit || (page.Cursor is not null && page.Messages.Count < limit))
                throw new InvalidOperationException($"a page of {page.Messages.Count}");
            found.AddRange(page.Messages.Select(one => $"{one.Conversation} {one.Message.Seq}"));
            cursor = page.Cursor;
        } while (cursor is not null);
        return found;
    }

    public static Task<List<string>> FindAsync(Scene scene, PersonId person, string words) =>
        FindAsync(scene, person, For(words));
}
