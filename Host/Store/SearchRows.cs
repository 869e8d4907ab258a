using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>A message as it is found.</summary>
/// <param name="Message">Where it stands.</param>
/// <param name="Told">The version that gave it its words: its own, or its last edit's.</param>
/// <param name="At">When it was said here, in milliseconds.</param>
/// <param name="Said">When it was said, here or where it was imported from.</param>
/// <param name="FoundBy">What it is found by, parted by blanks.</param>
internal sealed record SearchRow(MessageRef Message, long Told, long At, long Said, string FoundBy)
{
    /// <summary>The row of a message that nothing happened to since it was sent; none if it is taken back.</summary>
    public static Option<SearchRow> Of(Event.MessageSent sent, long version) =>
        Of(sent, version, version, sent.Content, sent.Mentions);

    /// <summary>The row of a message, from all that happened to it; none if it was taken back.</summary>
    public static Option<SearchRow> Of(IEnumerable<Recorded> about)
    {
        var all = about.OrderBy(one => one.Version).ToList();
        if (
            all.Find(one => one.Event is Event.MessageSent) is not { Event: Event.MessageSent sent } first
            || all.Exists(one => one.Event is Event.MessageRedacted)
        )
            return None;
        var edit = all.FindLast(one => one.Event is Event.MessageEdited);
        return edit?.Event is Event.MessageEdited edited
            ? Of(sent, first.Version, edit.Version, WithFilesOf(sent, edited.Content), edited.Mentions)
            : Of(sent, first.Version);
    }

    // An edit leaves the files as they are.
    private static Content WithFilesOf(Event.MessageSent sent, Content content) =>
        content is Content.Present words && sent.Content is Content.Present said
            ? words with
            {
                Files = said.Files,
            }
            : content;

    private static Option<SearchRow> Of(
        Event.MessageSent sent,
        long version,
        long told,
        Content content,
        Listing<PersonId> mentions
    ) =>
        content is Content.Present present
            ? new SearchRow(
                new MessageRef(sent.Seq, version),
                told,
                sent.At.Milliseconds,
                SearchQuery.SaidAt(sent.At, sent.Stamp.OccurredAt).Milliseconds,
                string.Join(
                    ' ',
                    [
                        .. Lexemes.Of(present.Body),
                        By(sent.By),
                        .. mentions.Select(To),
                        .. Enum.GetValues<Carried>()
                            .Where(sort => present.Files.Any(file => sort.Is(file)))
                            .Select(With),
                    ]
                )
            )
            : None;

    /// <summary>What a message is looked for by.</summary>
    public static IEnumerable<string> LexemesOf(SearchQuery query) =>
        [
            .. query.Wanted,
            .. toSeq(Optional(query.Author)).Map(By),
            .. toSeq(Optional(query.Mention)).Map(To),
            .. toSeq(Optional(query.Has)).Map(With),
        ];

    // No word has these signs in it.
    private static string By(PersonId author) => $"@{author}";

    private static string To(PersonId mentioned) => $">{mentioned}";

    private static string With(Carried sort) => $"#{sort}";
}

/// <summary>What an append does to the rows of messages that it edits or takes back.</summary>
internal static class SearchRows
{
    private const string Delete = """
        delete from chat.chat_search s using unnest($1, $2) as u(stream_id, version)
        where s.stream_id = u.stream_id and s.version = u.version
        """;

    /// <summary>
    /// What it said before does not stay. A row that somebody is writing just now is hidden by the note of the edit or
    /// of the redaction, until the index has taken that in.
    /// </summary>
    public static void AddTo(NpgsqlBatch batch, IEnumerable<EventRow> events)
    {
        var changed = events
            .Where(row => row.Recorded.Event is Event.MessageEdited or Event.MessageRedacted)
            .Select(row => (Stream: row.Recorded.Stream.ToString(), ((Event)row.Recorded.Event).About!.Value.Version))
            .Distinct()
            .Order()
            .ToList();
        if (changed.Count > 0)
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(Delete)
                    .WithEach(changed.Select(one => one.Stream))
                    .WithEach(changed.Select(one => one.Version))
            );
    }
}
