using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;
using static Chat.Host.Outside;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host;

/// <summary>
/// Answers what could be seen after a version: to members of themselves, and of another person to who may know what was
/// done. Nobody is shown by it what they do not see themselves.
/// </summary>
internal sealed class ViewQueries(TenantId tenant, RuleQueries rules)
{
    public async Task<Either<Refusal, byte[]>> AnswerAsync(NpgsqlConnection connection, PersonId person, Ask.View ask)
    {
        var stream = StreamKey.Of(tenant, ask.Conversation);
        if (
            (await PersonReads.FindAsync(connection, person, stream)).Case
            is not InboxRow { Standing: Standing.Member } own
        )
            return await OutsideAsync(connection, person, stream);
        var who = ask.Person ?? person;
        if (who != person && await RefusalAsync(connection, person, ask.Conversation) is { } refusal)
            return refusal;
        if (ask.Version > own.Version || !Visibility.Holds(own.Sight.Access, ask.Version))
            return new Refusal.NotFound("version.unknown");
        var then = await HindsightReads.StateAsync(connection, stream, ask.Version);
        // How far somebody has read is theirs to tell.
        var marks = who == person ? own.Marks : Marks.None;
        var details = (await HindsightReads.FindAsync(connection, stream, then, (who, marks), own.Sight)).Case
            is InboxRow row
            ? Detailing.Of(then, row, await Detailing.EntryAsync(connection, row))
            : null;
        var theirs = Hindsight.SightOf(then, who);
        var (from, mostBytes) = ((ask.Anchor, ask.Seq), MostBytes(details));
        // Of oneself nothing is hidden: what one does not see now is not there.
        var (page, hidden) =
            who == person
                ? (
                    await HistoryReads.PageAsync(
                        connection,
                        stream,
                        theirs.Within(own.Sight),
                        from,
                        ask.Limit,
                        mostBytes
                    ),
                    []
                )
                : await HindsightReads.PageAsync(connection, stream, (theirs, own.Sight), from, ask.Limit, mostBytes);
        return HindsightAnswers.Ok(new HindsightPage(details, page.Messages, hidden, page.More));
    }

    // Who may say how it is kept may know what was done to keep it, and so what came of it.
    private Task<Refusal?> RefusalAsync(NpgsqlConnection connection, PersonId person, ConversationId conversation) =>
        rules.RefusalAsync(connection, person, conversation, new Command.ChangeSettings(new SettingsChange()));

    // What the details leave of an answer.
    private static int MostBytes(Details? details) =>
        Math.Max(
            HistoryReads.MostBytes / 5,
            HistoryReads.MostBytes - (details is null ? 0 : Detailing.SizeOf(details))
        );
}
