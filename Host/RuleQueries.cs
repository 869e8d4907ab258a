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
    private const int MostTries = 4;
    private static readonly DeviceId NoDevice = DeviceId.Of("-");
    private readonly StreamReads streams = new(database);

    public async Task<Either<Refusal, byte[]>> AnswerAsync(NpgsqlConnection connection, PersonId person, Ask ask) =>
        ask switch
        {
            Ask.Explain explain => await ExplainAsync(person, explain),
            Ask.ExplainHistory history => await ExplainHistoryAsync(connection, person, history),
            Ask.WhatIf whatIf => await WhatIfAsync(connection, person, whatIf),
            Ask.Bans bans => await BansAsync(person, bans),
            Ask.Links links => await LinksAsync(person, links),
            Ask.Words words => await WordsAsync(person, words),
            Ask.Audit audit => await AuditAsync(connection, person, audit),
            _ => new Refusal.Unsupported("verb.unknown"),
        };

    private StreamKey Key(ConversationId conversation) => StreamKey.Of(tenant, conversation);

    private async Task<Either<Refusal, byte[]>> ExplainAsync(PersonId person, Ask.Explain ask) =>
        (await KnownAsync(person, ask.Conversation, ask.Command)).Map(known =>
            ExplainAnswers.Ok(
                new ExplanationEntry(Explanation.Of(known.State, known.Facts, person, ask.Command, known.Context.Now))
            )
        );

    private async Task<Either<Refusal, byte[]>> ExplainHistoryAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.ExplainHistory ask
    )
    {
        var (current, _) = await streams.LoadAsync(Key(ask.Conversation));
        if (HistoryExplanation.Of((State)current.State, person).Case is not HistoryExplanation history)
            return await OutsideAsync(connection, person, Key(ask.Conversation));
        var from = await streams.FirstSeqAsync(Key(ask.Conversation), history.FromVersion);
        return ExplainAnswers.Ok(new ExplanationEntry(new Explanation(new Verdict(null, history.Because), []), from));
    }

    private async Task<Either<Refusal, byte[]>> WhatIfAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.WhatIf ask
    )
    {
        var found = await KnownAsync(person, ask.Conversation, ask.Command);
        if (found.Case is Known { State: var state } && !state.Members.ContainsKey(person))
            return await OutsideAsync(connection, person, Key(ask.Conversation));
        return found.Map(known =>
            ExplainAnswers.Ok(
                new WhatIfEntry(known.State.Version, WhatIf.Of(known.State, known.Facts, known.Context, ask.Command))
            )
        );
    }

    // Who may let somebody in again may know who is out.
    private async Task<Either<Refusal, byte[]>> BansAsync(PersonId person, Ask.Bans ask)
    {
        var unban = new Command.Unban(person);
        return await IfMayAsync(person, ask.Conversation, unban, held => ExplainAnswers.Ok(Page(held, ask)));
    }

    // What is told to who may do something.
    private async Task<Either<Refusal, byte[]>> IfMayAsync(
        PersonId person,
        ConversationId conversation,
        Command command,
        Func<Known, byte[]> tell
    ) =>
        (await KnownAsync(person, conversation, command)).Bind(held =>
            Permissions.Evaluate(held.State, held.Facts, person, command, held.Context.Now).Refusal is { } refusal
                ? Left<Refusal, byte[]>(refusal)
                : Right<Refusal, byte[]>(tell(held))
        );

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
    private async Task<Either<Refusal, byte[]>> LinksAsync(PersonId person, Ask.Links ask)
    {
        var make = new Command.MakeLink(LinkId.Of("-"), null, null, []);
        return await IfMayAsync(person, ask.Conversation, make, held => LinkAnswers.Ok(Page(held, person, ask)));
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

    private Task<Either<Refusal, byte[]>> WordsAsync(PersonId person, Ask.Words ask) =>
        IfMayAsync(person, ask.Conversation, new Command.SetWords([]), held => WordRules.Ok(held.State.Words));

    // Who may say how it is kept may know what was done to keep it.
    private async Task<Either<Refusal, byte[]>> AuditAsync(NpgsqlConnection connection, PersonId person, Ask.Audit ask)
    {
        var change = new Command.ChangeSettings(new SettingsChange());
        var known = await KnownAsync(person, ask.Conversation, change);
        if (known.Case is not Known held)
            return known.Map(_ => System.Array.Empty<byte>());
        var verdict = Permissions.Evaluate(held.State, held.Facts, person, change, held.Context.Now);
        if (verdict.Refusal is { } refusal)
            return refusal;
        var done = Audit.Of(await StreamReads.DoneAsync(connection, Key(ask.Conversation)));
        var page = done.Rev().Filter(entry => ask.Before is not { } before || entry.Version < before);
        // So many fit into an answer whatever their reasons.
        var limit = Math.Min(ask.Limit, 150);
        return AuditAnswers.Ok(new AuditPage(Listing.From(page.Take(limit).Map(AuditLine.Of)), page.Count > limit));
    }

    /// <summary>Why somebody may not do something in a conversation, if they may not.</summary>
    public async Task<Option<Refusal>> RefusalAsync(PersonId person, ConversationId conversation, Command command)
    {
        var known = await KnownAsync(person, conversation, command);
        return known.Match(
            Right: held =>
                Optional(Permissions.Evaluate(held.State, held.Facts, person, command, held.Context.Now).Refusal),
            Left: Some
        );
    }

    // The facts must be of the state's own version; a conversation that moves on meanwhile is read again.
    private async Task<Either<Refusal, Known>> KnownAsync(PersonId person, ConversationId conversation, Command command)
    {
        var stream = Key(conversation);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (current, _) = await streams.LoadAsync(stream);
            var context = new Context(person, NoDevice, Instant.Max(now(), current.LastAt))
            {
                Tenant = tenant,
                Id = stream.Id,
            };
            var needs = current.Needs(context, command);
            var (version, facts) = needs.IsEmpty
                ? (current.Version, Facts.Empty)
                : await streams.GatherAsync(stream, needs);
            if (version == current.Version)
                return new Known((State)current.State, facts, context);
        }
        return new Refusal.Busy(250);
    }

    private sealed record Known(State State, Facts Facts, Context Context);
}
