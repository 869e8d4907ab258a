using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;
using static Chat.Host.Outside;

namespace Chat.Host;

/// <summary>
/// Answers about who may do what, from the same functions that decide: what is said here is what a command would get.
/// </summary>
internal sealed class RuleQueries(Database database, TenantId tenant, Func<Instant> now)
{
    private static readonly DeviceId NoDevice = DeviceId.Of("-");

    public async Task<Either<Refusal, byte[]>> AnswerAsync(NpgsqlConnection connection, PersonId person, Ask ask) =>
        ask switch
        {
            Ask.Explain explain => await ExplainAsync(connection, person, explain),
            Ask.ExplainHistory history => await ExplainHistoryAsync(connection, person, history),
            Ask.WhatIf whatIf => await WhatIfAsync(connection, person, whatIf),
            Ask.Bans bans => await BansAsync(connection, person, bans),
            Ask.Links links => await LinksAsync(connection, person, links),
            Ask.Words words => await WordsAsync(connection, person, words),
            Ask.Audit audit => await AuditAsync(connection, person, audit),
            _ => new Refusal.Unsupported("verb.unknown"),
        };

    private StreamKey Key(ConversationId conversation) => StreamKey.Of(tenant, conversation);

    private async Task<Either<Refusal, byte[]>> ExplainAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.Explain ask
    ) => Explained(await KnownAsync(connection, person, ask.Conversation, ask.Command), person, ask.Command);

    private static byte[] Explained(Known known, PersonId person, Command command) =>
        ExplainAnswers.Ok(
            new ExplanationEntry(Explanation.Of(known.State, known.Facts, person, command, known.Context.Now))
        );

    private async Task<Either<Refusal, byte[]>> ExplainHistoryAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.ExplainHistory ask
    )
    {
        var (current, _) = await StreamReads.LoadAsync(connection, Key(ask.Conversation));
        if (HistoryExplanation.Of((State)current.State, person).Case is not HistoryExplanation history)
            return await OutsideAsync(connection, person, Key(ask.Conversation));
        var from = await StreamReads.FirstSeqAsync(connection, Key(ask.Conversation), history.FromVersion);
        return ExplainAnswers.Ok(new ExplanationEntry(new Explanation(new Verdict(null, history.Because), []), from));
    }

    private async Task<Either<Refusal, byte[]>> WhatIfAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.WhatIf ask
    )
    {
        var known = await KnownAsync(connection, person, ask.Conversation, ask.Command);
        return known.State.Members.ContainsKey(person)
            ? ExplainAnswers.Ok(
                new WhatIfEntry(
                    known.State.Version,
                    Permissions.Simulate(known.State, known.Facts, known.Context, ask.Command)
                )
            )
            : await OutsideAsync(connection, person, Key(ask.Conversation));
    }

    // Who may let somebody in again may know who is out.
    private async Task<Either<Refusal, byte[]>> BansAsync(NpgsqlConnection connection, PersonId person, Ask.Bans ask)
    {
        var unban = new Command.Unban(person);
        return await IfMayAsync(
            connection,
            person,
            ask.Conversation,
            unban,
            held => ExplainAnswers.Ok(Page(held, ask))
        );
    }

    // What is told to who may do something.
    private async Task<Either<Refusal, byte[]>> IfMayAsync(
        NpgsqlConnection connection,
        PersonId person,
        ConversationId conversation,
        Command command,
        Func<Known, byte[]> tell
    )
    {
        var known = await KnownAsync(connection, person, conversation, command);
        return known.RefusalOf(person, command) is { } refusal ? refusal : tell(known);
    }

    private static BansPage Page(Known known, Ask.Bans ask)
    {
        var page = known
            .State.Banned.AsEnumerable()
            .Where(pair => ask.After is not { } after || pair.Key.CompareTo(after) > 0)
            .Where(pair => !pair.Value.IsOver(known.Context.Now))
            .Take(ask.Limit + 1)
            .Select(pair => new BanEntry(pair.Key, pair.Value.Until))
            .ToArray();
        return new BansPage(Listing.From(page.Take(ask.Limit)), page.Length > ask.Limit);
    }

    // Who makes links may know their own; who lets people in may know all.
    private async Task<Either<Refusal, byte[]>> LinksAsync(NpgsqlConnection connection, PersonId person, Ask.Links ask)
    {
        var make = new Command.MakeLink(LinkId.Of("-"), null, null, []);
        return await IfMayAsync(
            connection,
            person,
            ask.Conversation,
            make,
            held => LinkAnswers.Ok(Page(held, person, ask))
        );
    }

    private static LinksPage Page(Known known, PersonId person, Ask.Links ask)
    {
        var isAll = Layers.Now(known.State, person, known.Context.Now).Has(Permission.Admit);
        var page = known
            .State.Links.AsEnumerable()
            .Where(pair => ask.After is not { } after || pair.Key.CompareTo(after) > 0)
            .Where(pair => isAll || pair.Value.By == person)
            .Take(ask.Limit + 1)
            .Select(pair => new LinkEntry(pair.Key, pair.Value))
            .ToArray();
        return new LinksPage(Listing.From(page.Take(ask.Limit)), page.Length > ask.Limit);
    }

    private Task<Either<Refusal, byte[]>> WordsAsync(NpgsqlConnection connection, PersonId person, Ask.Words ask) =>
        IfMayAsync(
            connection,
            person,
            ask.Conversation,
            new Command.SetWords([]),
            held => WordRules.Ok(held.State.Words)
        );

    // Who may say how it is kept may know what was done to keep it.
    private async Task<Either<Refusal, byte[]>> AuditAsync(NpgsqlConnection connection, PersonId person, Ask.Audit ask)
    {
        var change = new Command.ChangeSettings(new SettingsChange());
        var known = await KnownAsync(connection, person, ask.Conversation, change);
        if (known.RefusalOf(person, change) is { } refusal)
            return refusal;
        // So many fit into an answer whatever their reasons.
        var limit = Math.Min(ask.Limit, 150);
        var page = await AuditRows.PageAsync(database, Key(ask.Conversation), ask.Before, limit + 1);
        return AuditAnswers.Ok(new AuditPage(Listing.From(page.Take(limit).Select(AuditLine.Of)), page.Count > limit));
    }

    /// <summary>Why somebody may not do something in a conversation, if they may not.</summary>
    public async Task<Refusal?> RefusalAsync(
        NpgsqlConnection connection,
        PersonId person,
        ConversationId conversation,
        Command command
    ) => (await KnownAsync(connection, person, conversation, command)).RefusalOf(person, command);

    private async Task<Known> KnownAsync(
        NpgsqlConnection connection,
        PersonId person,
        ConversationId conversation,
        Command command
    )
    {
        var stream = Key(conversation);
        var (current, _) = await StreamReads.LoadAsync(connection, stream);
        var context = new Context(person, NoDevice, Instant.Max(now(), current.LastAt))
        {
            Tenant = tenant,
            Id = stream.Id,
        };
        var needs = current.Needs(context, command);
        var facts = needs.IsEmpty ? Facts.Empty : (await StreamReads.GatherAsync(connection, stream, needs)).Facts;
        return new Known((State)current.State, facts, context);
    }

    // A conversation, and the facts that go with it, all of one moment.
    private sealed record Known(State State, Facts Facts, Context Context)
    {
        public Refusal? RefusalOf(PersonId person, Command command) =>
            Permissions.Evaluate(State, Facts, person, command, Context.Now).Refusal;
    }
}
